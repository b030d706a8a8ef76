// What an import loads, seen from inside Node: a module hook that writes every URL to a file.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runNodeForJson } from './process.mjs';

/**
 * Imports an entry point in a process of its own.
 *
 * @returns `files` it loads (paths), `packages` and Node `builtins` among them, process `listeners` and
 * `globals` it leaves behind.
 */
export async function traceImport(specifier, { cwd } = {}) {
  const directory = mkdtempSync(join(tmpdir(), 'baton-bench-'));
  const log = join(directory, 'loaded');
  try {
    writeFileSync(log, '');
    const left = await runNodeForJson(['--input-type=module', '--eval', probe(specifier, log)], {
      cwd,
    });
    const urls = [...new Set(readFileSync(log, 'utf8').split('\n').filter(Boolean))];
    const files = new Set(
      urls
        .filter((url) => url.startsWith('file:'))
        .map((url) => decodeURIComponent(new URL(url).pathname)),
    );
    for (const file of left.required) files.add(file);
    return {
      files: [...files],
      packages: [...new Set([...files].map(packageOf).filter(Boolean))],
      builtins: urls.filter((url) => isBuiltin(url)),
      listeners: left.listeners,
      globals: left.globals,
    };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

// Runs on the loader's thread. Modules that CommonJS requires do not come by here; the probe adds them.
const HOOK = `
  import { appendFileSync } from 'node:fs';
  let log;
  export function initialize(data) { log = data.log; }
  export async function load(url, context, next) {
    appendFileSync(log, url + '\\n');
    return next(url, context);
  }
`;

function probe(specifier, log) {
  return `
    import { _cache, register } from 'node:module';
    const countListeners = () =>
      process.eventNames().reduce((sum, name) => sum + process.listenerCount(name), 0);
    const hook = 'data:text/javascript,' + encodeURIComponent(${JSON.stringify(HOOK)});
    register(hook, { data: { log: ${JSON.stringify(log)} } });
    const listeners = countListeners();
    const globals = new Set(Reflect.ownKeys(globalThis));
    await import(${JSON.stringify(specifier)});
    console.log(JSON.stringify({
      required: Object.keys(_cache),
      listeners: countListeners() - listeners,
      globals: Reflect.ownKeys(globalThis).filter((key) => !globals.has(key)).map(String),
    }));
    process.exit(0);
  `;
}

function packageOf(file) {
  return /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1];
}
