import base from '../../tsup.base.ts';

// What starts processes is loaded by a name of its own, which leads elsewhere where there are none.
export default {
  ...base,
  entry: ['src/index.ts', 'src/stdio-transport.ts', 'src/no-stdio-transport.ts'],
  external: ['#stdio-transport'],
  platform: 'node',
};
