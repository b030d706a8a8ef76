// How big apps of one agent become: node bundle-size.mjs

import { join, relative } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { isMain } from './lib/is-main.mjs';
import { benchDirectory } from './lib/process.mjs';

/** The apps by name, with where each is meant to run. */
export const APPS = {
  'core-only': { file: 'apps/core-only.mjs', platform: 'browser' },
  'openai-responses': { file: 'apps/openai-responses.mjs', platform: 'node' },
};

/** The second of them on other SDKs. */
export const RIVAL_APPS = {
  'ai-sdk': { file: 'rivals/apps/ai-sdk.mjs', platform: 'node' },
  'openai-agents': { file: 'rivals/apps/openai-agents.mjs', platform: 'node' },
};

/**
 * Bundles an app as its author would: minified, with what is imported on demand in files of its own.
 *
 * @returns `minified` and `gzipped` bytes of what is loaded at once, the bytes of each package in it, and
 * `onDemand`, the gzipped bytes of the rest.
 */
export async function measureBundle({ file, platform }) {
  const { outputFiles, metafile } = await build({
    entryPoints: [join(benchDirectory, file)],
    absWorkingDir: benchDirectory,
    bundle: true,
    format: 'esm',
    legalComments: 'none',
    logLevel: 'silent',
    metafile: true,
    minify: true,
    outdir: 'out',
    platform,
    splitting: true,
    target: 'es2022',
    write: false,
  });
  const contents = new Map(
    outputFiles.map((output) => [relative(benchDirectory, output.path), output.contents]),
  );
  const atOnce = loadedAtOnce(metafile.outputs, file);
  const onDemand = [...contents.keys()].filter((path) => !atOnce.has(path));
  const packages = {};
  for (const path of atOnce) {
    for (const [input, { bytesInOutput }] of Object.entries(metafile.outputs[path].inputs)) {
      const name = packageOf(input);
      packages[name] = (packages[name] ?? 0) + bytesInOutput;
    }
  }
  return {
    minified: sum([...atOnce].map((path) => contents.get(path).length)),
    gzipped: gzippedSize([...atOnce].map((path) => contents.get(path))),
    onDemand: gzippedSize(onDemand.map((path) => contents.get(path))),
    packages,
  };
}

/** The entry file and what it imports, but not what it only imports on demand. */
function loadedAtOnce(outputs, file) {
  const entry = Object.keys(outputs).find((path) => outputs[path].entryPoint === file);
  const paths = new Set([entry]);
  for (const path of paths) {
    for (const { path: imported, kind } of outputs[path].imports) {
      if (kind === 'import-statement' && imported in outputs) paths.add(imported);
    }
  }
  return paths;
}

function gzippedSize(parts) {
  return parts.length === 0 ? 0 : gzipSync(Buffer.concat(parts), { level: 9 }).length;
}

function sum(numbers) {
  return numbers.reduce((total, number) => total + number, 0);
}

function packageOf(path) {
  const installed = /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1];
  const sibling = /packages\/([^/]+)\//.exec(path)?.[1];
  return installed ?? (sibling === undefined ? 'app' : `@baton/${sibling}`);
}

if (isMain(import.meta.url)) {
  const apps = process.argv.includes('--rivals') ? { ...APPS, ...RIVAL_APPS } : APPS;
  for (const [name, app] of Object.entries(apps)) {
    const { minified, gzipped, onDemand, packages } = await measureBundle(app);
    console.log(
      `${name} (${app.platform}): ${kilobytes(minified)} minified, ${kilobytes(gzipped)} gzipped, ` +
        `${kilobytes(onDemand)} gzipped on demand`,
    );
    for (const [from, bytes] of Object.entries(packages))
      console.log(`  ${from}: ${kilobytes(bytes)}`);
  }
}

function kilobytes(bytes) {
  return `${(bytes / 1024).toFixed(1)} KB`;
}
