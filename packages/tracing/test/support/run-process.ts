import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

const here = import.meta.dirname;

/** How a process ended. */
export interface ProcessEnd {
  readonly code: number | null;
  readonly output: string;
}

/**
 * Runs a program on its own, to see whether and how it ends.
 *
 * @param source TypeScript; it imports what the tests of this package import.
 * @param options.go When this resolves, the program is told so with a line on its standard input.
 */
export async function runProcess(
  name: string,
  source: string,
  options: { readonly env: Record<string, string>; readonly go?: Promise<void> },
): Promise<ProcessEnd> {
  const folder = join(here, '../../node_modules/.cache');
  mkdirSync(folder, { recursive: true });
  const outfile = join(folder, `${name}-${process.pid}.mjs`);
  await build({
    stdin: { contents: source, loader: 'ts', resolveDir: here },
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    conditions: ['@baton/source'],
    logLevel: 'error',
  });
  const child = spawn(process.execPath, [outfile], { env: { ...process.env, ...options.env } });
  void options.go?.then(() => child.stdin.write('go\n'));
  let output = '';
  child.stdout.on('data', (text) => (output += String(text)));
  child.stderr.on('data', (text) => (output += String(text)));
  const [code] = await once(child, 'close');
  return { code: typeof code === 'number' ? code : null, output };
}
