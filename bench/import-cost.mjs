// What an import costs, in cold processes: node import-cost.mjs [RUNS]

import { isMain } from './lib/is-main.mjs';
import { traceImport } from './lib/loaded-files.mjs';
import { median } from './lib/measure.mjs';
import { runNodeForJson } from './lib/process.mjs';
import { rivalsDirectory } from './lib/rivals.mjs';

/** Ours, and the two packages that users of ours load beside them. */
export const ENTRY_POINTS = [
  { specifier: '@baton/core' },
  { specifier: '@baton/openai-responses' },
  { specifier: '@baton/agents' },
  { specifier: 'openai' },
  { specifier: 'zod' },
];

/** The other SDKs, imported from where they are installed. */
export const RIVAL_ENTRY_POINTS = [
  { specifier: 'ai', cwd: rivalsDirectory },
  { specifier: '@openai/agents', cwd: rivalsDirectory },
];

/**
 * The import of each entry point, next to an empty process. Rounds are interleaved; the first only fills the
 * file cache.
 *
 * @returns By specifier, in median milliseconds: `wall` and `cpu` of the import itself, `processWall`, the whole
 * process less an empty one; and what `traceImport` tells.
 */
export async function measureImports(entryPoints = ENTRY_POINTS, runs = 21) {
  const cases = [{ specifier: EMPTY }, ...entryPoints].map((each) => ({ ...each, samples: [] }));
  for (let i = 0; i <= runs; i++) {
    for (const each of cases) {
      const sample = await timeImport(each);
      if (i > 0) each.samples.push(sample);
    }
  }
  const middle = ({ samples }, field) => median(samples.map((sample) => sample[field]));
  const [empty, ...others] = cases;
  const costs = {};
  for (const each of others) {
    costs[each.specifier] = {
      wall: middle(each, 'wall'),
      cpu: middle(each, 'cpu'),
      processWall: middle(each, 'processWall') - middle(empty, 'processWall'),
      ...(await traceImport(each.specifier, each)),
    };
  }
  return { empty: middle(empty, 'processWall'), costs };
}

const EMPTY = '';

async function timeImport({ specifier, cwd }) {
  const start = performance.now();
  const inside = await runNodeForJson(['--input-type=module', '--eval', probe(specifier)], { cwd });
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
  const { empty, costs } = await measureImports(ENTRY_POINTS, runs);
  console.log(`An empty process takes ${empty.toFixed(1)} ms. Imports, median of ${runs}:`);
  console.table(
    Object.fromEntries(
      Object.entries(costs).map(([specifier, cost]) => [
        specifier,
        {
          'process ms more': round(cost.processWall),
          'import ms': round(cost.wall),
          'import CPU ms': round(cost.cpu),
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
