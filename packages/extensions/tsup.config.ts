import base from '../../tsup.base.ts';

// One entry point per island: `src/<island>/index.ts` is `@baton/extensions/<island>`.
export default { ...base, entry: ['src/*/index.ts', '!src/internal/index.ts'], platform: 'node' };
