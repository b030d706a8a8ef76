import base from '../../tsup.base.ts';

export default { ...base, entry: ['src/index.ts', 'src/model/index.ts', 'src/testing/index.ts'] };
