// Packs every public package as it would be published and looks at the tarball:
// publint, are-the-types-wrong, no import that an installer would not have, and every entry point loads.

import { execFile } from 'node:child_process';
import {
  existsSync,
  mkdtempSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { isBuiltin } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import ts from 'typescript';

const root = join(import.meta.dirname, '..');
const run = promisify(execFile);
const workspace = mkdtempSync(join(tmpdir(), 'baton-packages-'));
const problems = [];

try {
  const packages = readdirSync(join(root, 'packages'))
    .map((dir) => join(root, 'packages', dir))
    .filter((dir) => existsSync(join(dir, 'package.json')) && !readJson(dir).private);
  const installed = [];
  for (const dir of packages) installed.push(await install(dir));
  await Promise.all(
    installed.flatMap((one) => [lintTarball(one), typesOfTarball(one), loadEntries(one)]),
  );
  installed.forEach(checkManifest);
  installed.forEach(checkImports);
  console.log(
    problems.length === 0 ? `${packages.length} packages are fit to publish.` : problems.join('\n'),
  );
} finally {
  rmSync(workspace, { recursive: true, force: true });
}
process.exitCode = problems.length === 0 ? 0 : 1;

/** Packs a package and unpacks it into a node_modules, with its dependencies linked beside it. */
async function install(dir) {
  const { name } = readJson(dir);
  const { stdout } = await run('pnpm', ['pack', '--pack-destination', workspace, '--json'], {
    cwd: dir,
  });
  const tarball = JSON.parse(stdout).filename;
  const target = join(workspace, 'node_modules', name);
  mkdirSync(target, { recursive: true });
  await run('tar', ['-xzf', tarball, '-C', target, '--strip-components', '1']);
  const manifest = readJson(target);
  link(dir, required(manifest));
  return { name, dir, target, tarball, manifest };
}

function link(dir, dependencies) {
  for (const dependency of dependencies) {
    const place = join(workspace, 'node_modules', dependency);
    if (dependency.startsWith('@baton/') || existsSync(place)) continue;
    mkdirSync(dirname(place), { recursive: true });
    symlinkSync(realpathSync(join(dir, 'node_modules', dependency)), place, 'dir');
  }
}

async function lintTarball({ name, tarball }) {
  await report(name, 'publint', [tarball, '--strict']);
}

async function typesOfTarball({ name, tarball }) {
  await report(name, 'attw', [tarball, '--profile', 'esm-only', '--no-emoji', '--no-color']);
}

async function report(name, tool, args) {
  try {
    await run(join(root, 'node_modules/.bin', tool), args, { cwd: root });
  } catch (error) {
    problems.push(`${name}: ${tool} says\n${error.stdout}${error.stderr}`);
  }
}

/** Imports every entry point with plain Node, as an installer would; a subpath may need the optional peers. */
async function loadEntries({ name, dir, target, manifest }) {
  const entries = Object.keys(manifest.exports).filter((key) => !key.endsWith('.json'));
  await load({ name, target }, entries.filter((key) => key === '.'));
  const optional = Object.keys(manifest.peerDependencies ?? {}).filter((peer) => !required(manifest).includes(peer));
  link(dir, optional.filter((peer) => existsSync(join(dir, 'node_modules', peer))));
  await load({ name, target }, entries.filter((key) => key !== '.'));
}

async function load({ name, target }, entries) {
  const code = entries
    .map((key) => `await import(${JSON.stringify(name + key.slice(1))});`)
    .join('\n');
  try {
    await run(process.execPath, ['--input-type=module', '-e', code], { cwd: target });
  } catch (error) {
    problems.push(`${name}: an entry point does not load\n${error.stderr}`);
  }
}

function checkManifest({ name, target, manifest }) {
  const text = JSON.stringify(manifest);
  for (const word of ['@baton/source', 'workspace:', 'catalog:']) {
    if (text.includes(word))
      problems.push(`${name}: the published package.json still says ${word}`);
  }
  if (!existsSync(join(target, 'LICENSE'))) problems.push(`${name}: the tarball has no LICENSE`);
  for (const [field, wanted] of [
    ['type', 'module'],
    ['sideEffects', false],
    ['license', 'MIT'],
  ]) {
    if (manifest[field] !== wanted)
      problems.push(`${name}: "${field}" must be ${JSON.stringify(wanted)}`);
  }
}

/** What the published code and its types import must be there after an install. */
function checkImports({ name, target, manifest }) {
  if (!existsSync(join(target, 'dist'))) {
    problems.push(`${name}: dist is missing; run pnpm build first`);
    return;
  }
  const known = new Set([
    name,
    ...required(manifest),
    ...Object.keys(manifest.peerDependencies ?? {}),
  ]);
  for (const file of readdirSync(join(target, 'dist'), { recursive: true }).map(String)) {
    if (!/\.(js|d\.ts)$/.test(file)) continue;
    const source = readFileSync(join(target, 'dist', file), 'utf8');
    for (const { fileName: specifier } of ts.preProcessFile(source).importedFiles) {
      if (specifier.startsWith('.') || specifier in (manifest.imports ?? {})) continue;
      const wanted = specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
      if (isBuiltin(specifier) || known.has(wanted)) continue;
      problems.push(
        `${name}: dist/${file} imports ${specifier}, which the package does not depend on`,
      );
    }
  }
}

function required({ dependencies = {}, peerDependencies = {}, peerDependenciesMeta = {} }) {
  const peers = Object.keys(peerDependencies).filter(
    (peer) => !peerDependenciesMeta[peer]?.optional,
  );
  return [...Object.keys(dependencies), ...peers];
}

function readJson(dir) {
  return JSON.parse(readFileSync(join(dir, 'package.json'), 'utf8'));
}
