// `pnpm examples`: runs every pattern, and holds what it prints against the README. `--write` writes that part of it.

import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const readme = join(import.meta.dirname, 'README.md');
const text = readFileSync(readme, 'utf8');
const names = readdirSync(join(import.meta.dirname, 'src/patterns')).map((file) =>
  file.replace(/\.ts$/, ''),
);
/** Piped in: the decisions on two payments. */
const INPUT = { 'human-in-the-loop': 'y\nn\n' };

const shown = text.replaceAll(
  /(^\$ pnpm start (\S+)\n)[\s\S]*?(?=^```)/gm,
  (_all, command, name) => command + outputOf(name),
);
const missing = names.filter((name) => !text.includes(`$ pnpm start ${name}\n`));
if (missing.length > 0) throw new Error(`The README does not show ${missing.join(', ')}.`);

if (process.argv.includes('--write')) {
  writeFileSync(readme, shown);
} else if (shown !== text) {
  console.error(shown);
  throw new Error(
    'The patterns print something else than the README shows. If they should: node check.mjs --write',
  );
}
console.log(`${names.length} patterns print what the README shows.`);

function outputOf(name) {
  const { OPENAI_API_KEY: _key, ...env } = process.env;
  const options = { cwd: import.meta.dirname, encoding: 'utf8', env, input: INPUT[name] ?? '' };
  return execFileSync(process.execPath, ['dist/index.js', name], options);
}
