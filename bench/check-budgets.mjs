// Holds what Baton promises of its size, part of `pnpm check`. Only counts, no times: it says the same on
// every machine. Needs a build.

import { APPS, measureBundle } from './bundle-size.mjs';
import { traceImport } from './lib/loaded-files.mjs';

const KB = 1024;

const budgets = [
  ...(await importBudgets('@baton/core', { files: 5 })),
  ...(await importBudgets('@baton/openai-responses', { files: 5 })),
  ...(await importBudgets('@baton/agents', { files: 16 })),
  await bundleBudget('core-only', 40),
  await bundleBudget('openai-responses', 115),
];

const broken = budgets.filter(({ holds }) => !holds);
for (const { what, found, limit } of broken) console.log(`${what}: ${found}, allowed: ${limit}`);
console.log(
  broken.length === 0 ? `${budgets.length} budgets hold.` : `${broken.length} budgets are broken.`,
);
process.exitCode = broken.length === 0 ? 0 : 1;

async function importBudgets(specifier, { files }) {
  const loaded = await traceImport(specifier);
  const atMost = (what, found, limit, names = []) => ({
    what: `import('${specifier}'): ${what}`,
    found: names.length === 0 ? found : `${found} (${names.join(', ')})`,
    limit,
    holds: found <= limit,
  });
  const none = (what, names) => atMost(what, names.length, 0, names);
  return [
    atMost('files loaded', loaded.files.length, files),
    none('packages loaded that are not ours', loaded.packages),
    none('Node built-ins loaded', loaded.builtins),
    none('globals added', loaded.globals),
    atMost('process listeners added', loaded.listeners, 0),
  ];
}

async function bundleBudget(name, kilobytes) {
  const { gzipped } = await measureBundle(APPS[name]);
  return {
    what: `apps/${name} bundled for ${APPS[name].platform}, gzipped KB`,
    found: (gzipped / KB).toFixed(1),
    limit: kilobytes,
    holds: gzipped <= kilobytes * KB,
  };
}
