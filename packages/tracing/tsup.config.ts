import { readFileSync } from 'node:fs';
import base from '../../tsup.base.ts';

const { version } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'));

export default {
  ...base,
  entry: ['src/index.ts', 'src/{openai,otlp,opentelemetry,console,file}/index.ts'],
  define: { BATON_VERSION: JSON.stringify(version) },
};
