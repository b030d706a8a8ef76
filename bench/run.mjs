// `pnpm bench`, after `pnpm build`: measures everything, prints one table and writes results/node-<version>.md.
//
//   --rounds N       rounds over all cases, 3 by default; the best of each counts
//   --only TEXT      only rows whose text or scenario contains this; nothing is written
//   --no-rivals      Baton and the loop written by hand only; nothing is written

import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { APPS, measureBundle, RIVAL_APPS } from './bundle-size.mjs';
import { ENTRY_POINTS, measureImports, RIVAL_ENTRY_POINTS } from './import-cost.mjs';
import { benchDirectory, runNodeForJson } from './lib/process.mjs';
import { installRivals } from './lib/rivals.mjs';
import { BUNDLE_ROWS, CASE_ROWS, IMPORT_ROWS } from './lib/rows.mjs';
import { renderTable, tableLine } from './lib/table.mjs';

/** A case that took longer is measured once only. */
const LONG_MS = 15_000;
const TIMEOUT_MS = 180_000;

const { values: flags } = parseArgs({
  args: process.argv.slice(2).filter((each) => each !== '--'),
  options: {
    rounds: { type: 'string', default: '3' },
    only: { type: 'string' },
    'no-rivals': { type: 'boolean', default: false },
  },
});
const wanted = ({ what, case: { scenario } = {} }) =>
  flags.only === undefined || what.includes(flags.only) || scenario === flags.only;

const started = performance.now();
const withRivals = !flags['no-rivals'] && installRivals();
const notes = [];
const lines = [
  ...(await caseLines(CASE_ROWS.filter(wanted))),
  ...(await importLines(IMPORT_ROWS.filter(wanted))),
  ...(await bundleLines(BUNDLE_ROWS.filter(wanted))),
];
const table = renderTable(lines);
const facts =
  `Node ${process.version}, ${availableParallelism()} cores, ${process.platform} ${process.arch}, ` +
  `load ${loadavg()[0].toFixed(1)}; best of ${flags.rounds} rounds; ` +
  `${Math.round((performance.now() - started) / 1000)} s.`;
console.log(`\n${[table, ...notes, facts].join('\n\n')}`);
if (flags.only === undefined && withRivals) {
  mkdirSync(join(benchDirectory, 'results'), { recursive: true });
  const [major] = process.versions.node.split('.');
  writeFileSync(join(benchDirectory, `results/node-${major}.md`), report());
}

async function caseLines(rows) {
  const cases = new Map();
  for (const row of rows) {
    for (const peer of row.peers) {
      if (!withRivals && peer !== 'baton' && peer !== 'loop') continue;
      const options = { peer, ...row.case };
      cases.set(JSON.stringify(options), { options, measured: [], slow: false });
    }
  }
  for (let round = 1; round <= Number(flags.rounds); round++) {
    let done = 0;
    for (const [text, each] of cases) {
      progress(`round ${round} of ${flags.rounds}, case ${++done} of ${cases.size}: ${text}`);
      if (!each.slow) await measureCase(each);
    }
  }
  progress('');
  return rows.map((row) => {
    const values = {};
    for (const peer of row.peers) {
      const { measured = [] } = cases.get(JSON.stringify({ peer, ...row.case })) ?? {};
      if (measured.length === 0) continue;
      const numbers = measured.map(row.value);
      if (row.note !== undefined) notes.push(row.note(measured[0]));
      values[peer] = row.higherIsBetter ? Math.max(...numbers) : Math.min(...numbers);
    }
    return tableLine({ ...row, values: row.shareOf === undefined ? values : share(row, values) });
  });
}

function share({ shareOf }, { baton, [shareOf]: other }) {
  return other === undefined ? {} : { baton: baton / other };
}

async function measureCase(each) {
  const start = performance.now();
  try {
    const args = ['--expose-gc', 'case.mjs', JSON.stringify(each.options)];
    each.measured.push(await runNodeForJson(args, { timeoutMs: TIMEOUT_MS }));
  } catch (error) {
    // Another SDK may be too slow to be measured; Baton never is.
    if (each.options.peer === 'baton') throw error;
    progress('');
    console.error(`${JSON.stringify(each.options)} failed: ${error.message.split('\n')[0]}`);
    each.slow = true;
  }
  if (performance.now() - start > LONG_MS) each.slow = true;
}

async function importLines(rows) {
  if (rows.length === 0) return [];
  progress('imports');
  const measured = await measureImports([
    ...ENTRY_POINTS,
    ...(withRivals ? RIVAL_ENTRY_POINTS : []),
  ]);
  progress('');
  const rivals = {
    'ai-sdk': measured.costs['ai'],
    'openai-agents': measured.costs['@openai/agents'],
  };
  return rows.map((row) => singleLine(row, measured, rivals));
}

async function bundleLines(rows) {
  if (rows.length === 0) return [];
  const bundles = {};
  for (const [name, app] of Object.entries({ ...APPS, ...(withRivals && RIVAL_APPS) })) {
    bundles[name] = await measureBundle(app);
  }
  return rows.map((row) => singleLine(row, bundles, bundles));
}

function singleLine(row, measured, rivals) {
  const values = { baton: row.value(measured) };
  for (const peer of ['ai-sdk', 'openai-agents']) {
    if (row.rivals !== undefined && rivals[peer] !== undefined)
      values[peer] = row.rivals(rivals[peer]);
  }
  const goal = typeof row.goal === 'function' ? row.goal(measured) : row.goal;
  return tableLine({ ...row, values, goal });
}

function progress(text) {
  if (process.stderr.isTTY)
    process.stderr.write(`\r\u001B[K${text.slice(0, process.stderr.columns - 1)}`);
}

function report() {
  return `# Measured

Written by \`pnpm bench\`. ${facts}

${[table, ...notes].join('\n\n')}

The model is scripted and answers in the process, so that only the SDK is measured; in rows over the wire it is a server
in another process, which answers at once. \`loop by hand\` is the floor: the same conversation in a loop that checks
arguments and does nothing else, over the wire on the \`openai\` client. Every case runs in a process of its own, the
peers in turn. CPU time counts the whole process, garbage collection and compilation included. With a real model the
difference is in CPU, memory and cold starts, not in the latency of one run. Below a factor of 1.3 call it a tie.
`;
}
