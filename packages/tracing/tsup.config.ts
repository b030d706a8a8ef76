import { readFileSync } from 'node:fs';
import base from '../../tsup.base.ts';

const { version } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'));

export default {
  ...base,
  entry: ['src/index.ts', 'src/{openai,otlp,opentelemetry,console,file}/index.ts'],
  noExternal: ['@baton/terminal'],
  define: { BATON_VERSION: JSON.stringify(version) },
  // terminal is not published, and `tsc` would write its declarations beside ours.
  dts: {
    compilerOptions: {
      customConditions: [],
      paths: { '@baton/terminal/text-width': ['../terminal/src/text-width.ts'] },
      ignoreDeprecations: '6.0',
    },
  },
};
