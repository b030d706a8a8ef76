import { readFileSync } from 'node:fs';
import base from '../../tsup.base.ts';

const { version } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'));

export default {
  ...base,
  noExternal: ['@baton/openai-shared'],
  define: { BATON_VERSION: JSON.stringify(version) },
  // openai-shared is not published: its types are inlined as its code is, which `tsc` cannot do.
  dts: {
    compilerOptions: {
      customConditions: [],
      paths: { '@baton/openai-shared': ['../openai-shared/src/index.ts'] },
      ignoreDeprecations: '6.0',
    },
  },
};
