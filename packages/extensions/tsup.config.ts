import base from '../../tsup.base.ts';

export default {
  ...base,
  // One entry point per island: `src/<island>/index.ts` is `@baton/extensions/<island>`.
  entry: ['src/*/index.ts', '!src/internal/index.ts'],
  platform: 'node',
  noExternal: ['@baton/terminal'],
  // terminal is not published: its types are inlined as its code is, which `tsc` cannot do.
  dts: {
    compilerOptions: {
      customConditions: [],
      paths: { '@baton/terminal': ['../terminal/src/index.ts'] },
      ignoreDeprecations: '6.0',
    },
  },
};
