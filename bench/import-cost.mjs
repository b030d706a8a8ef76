// What an import costs, in cold processes: node import-cost.mjs [RUNS]

import { traceImport } from './lib/loaded-files.mjs';
import { median } from './lib/measure.mjs';
import { runNodeForJson } from './lib/process.mjs';
import { isMain } from './lib/is-main.mjs';

export const ENTRY_POINTS = [
  '@baton/core',
  '@baton/openai-responses',
  '@baton/agents',
  'openai',
  'zod',
];

/**
 * The import of each entry point, next to an empty process. Rounds are interleaved; the first only fills the
 * file cache.
 *
 * @returns By specifier: `wall` and `cpu` of the import itself, `processWall`, the whole process less an
 * empty one (all median milliseconds), `files`, `packages`, `builtins`, `listeners`, `globals`.
 */
export async function measureImports(specifiers = ENTRY_POINTS, { runs = 21, ...options } = {}) {
  const samples = new Map([EMPTY, ...specifiers].map((specifier) => [specifier, []]));
  for (let i = 0; i <= runs; i++) {
    for (const [specifier, list] of samples) {
      const sample = await timeImport(specifier, options);
      if (i > 0) list.push(sample);
    }
  }
  const middle = (specifier, field) => median(samples.get(specifier).map((each) => each[field]));
  const costs = {};
  for (const specifier of specifiers) {
    costs[specifier] = {
      wall: middle(specifier, 'wall'),
      cpu: middle(specifier, 'cpu'),
      processWall: middle(specifier, 'processWall') - middle(EMPTY, 'processWall'),
      ...(await traceImport(specifier, options)),
    };
  }
  return { empty: middle(EMPTY, 'processWall'), costs };
}

const EMPTY = '';

async function timeImport(specifier, options) {
  const start = performance.now();
  const inside = await runNodeForJson(['--input-type=module', '--eval', probe(specifier)], options);
  return { ...inside, processWall: performance.now() - start };
}

function probe(specifier) {
  return `
    const start = performance.now();
    const cpuBefore = process.cpuUsage();
    ${specifier === EMPTY ? '' : `await import(${JSON.stringify(specifier)});`}
    const wall = performance.now() - start;
    const cpu = process.cpuUsage(cpuBefore);
    console.log(JSON.stringify({ wall, cpu: (cpu.user + cpu.system) / 1000 }));
  `;
}

if (isMain(import.meta.url)) {
  const runs = Number(process.argv[2] ?? 21);
  const { empty, costs } = await measureImports(ENTRY_POINTS, { runs });
  console.log(`An empty process takes ${empty.toFixed(1)} ms. Imports, median of ${runs}:`);
  console.table(
    Object.fromEntries(
      Object.entries(costs).map(([specifier, cost]) => [
        specifier,
        {
          'import ms': round(cost.wall),
          'import CPU ms': round(cost.cpu),
          'process ms more': round(cost.processWall),
          files: cost.files.length,
          packages: cost.packages.join(' '),
          builtins: cost.builtins.length,
          listeners: cost.listeners,
          globals: cost.globals.length,
        },
      ]),
    ),
  );
}

function round(ms) {
  return Number(ms.toFixed(1));
}
