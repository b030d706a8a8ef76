import type { Options } from 'tsup';

/**
 * The build of every package: ESM only, JavaScript only (`tsc` writes the declarations).
 * A package with more entry points or Node built-ins spreads this and overrides a field.
 */
const base: Options = {
  entry: ['src/index.ts'],
  format: ['esm'],
  target: 'es2022',
  platform: 'neutral',
  sourcemap: true,
  clean: true,
  dts: false,
  splitting: true,
  treeshake: true,
  silent: true,
};

export default base;
