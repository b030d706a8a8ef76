// `pnpm demo`: builds the airline example, quietly unless that fails, and becomes it.

import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const root = join(import.meta.dirname, '..');
const example = join(root, 'examples/airline/dist/index.js');

const turbo = createRequire(import.meta.url).resolve('turbo/bin/turbo');
const args = ['run', 'build', '--filter=@baton/example-airline...', '--output-logs=errors-only'];
const build = spawnSync(process.execPath, [turbo, ...args], {
  cwd: root,
  encoding: 'utf8',
  env: { ...process.env, TURBO_TELEMETRY_DISABLED: '1' },
});
if (build.status !== 0) {
  console.error(`${build.stdout}${build.stderr}\nThe demo could not be built; see above.`);
  process.exit(1);
}

// pnpm passes the `--` of `pnpm demo -- "a question"` on.
const [first, ...rest] = process.argv.slice(2);
const words = first === '--' ? rest : process.argv.slice(2);
process.argv = [process.execPath, example, ...words];
await import(pathToFileURL(example).href);
