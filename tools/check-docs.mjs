// `pnpm docs:check`: every block of TypeScript in the guides, and every `@example` in the sources, compiles.
// A block is a module of its own; in a guide, one without imports has those of the blocks before it. Packages are found
// as one of the workspace's packages would find them. Blocks that quote a file, as their first line says, are left out.

import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import ts from 'typescript';

const root = join(import.meta.dirname, '..');
const GUIDES = [
  'README.md',
  'AGENTS.md',
  'docs/**/*.md',
  'packages/*/README.md',
  'packages/*/docs/*.md',
  'examples/*/README.md',
];
const SOURCES = ['packages/*/src/**/*.ts'];

const snippets = new Map();
const only = process.argv.slice(2);
for (const file of find(GUIDES)) addBlocks(file, readFileSync(join(root, file), 'utf8'));
for (const file of find(SOURCES)) {
  const text = readFileSync(join(root, file), 'utf8');
  for (const { 0: comment, index } of text.matchAll(/\/\*\*[\s\S]*?\*\//g)) {
    addBlocks(file, comment.replaceAll(/^ *\* ?/gm, ''), lineAt(text, index) - 1);
  }
}

const { config } = ts.readConfigFile(join(root, 'tsconfig.base.json'), (name) =>
  ts.sys.readFile(name),
);
const options = {
  ...ts.parseJsonConfigFileContent(config, ts.sys, root).options,
  isolatedDeclarations: false,
  noUnusedLocals: false,
  noUnusedParameters: false,
  declaration: false,
  composite: false,
  noEmit: true,
};
const host = createHost();
const program = ts.createProgram([...snippets.keys()], options, host);
let problems = 0;
for (const [name, { file, line }] of snippets) {
  const source = program.getSourceFile(name);
  for (const { messageText, start = 0 } of [
    ...program.getSyntacticDiagnostics(source),
    ...program.getSemanticDiagnostics(source),
  ]) {
    problems += 1;
    const at = line + source.getLineAndCharacterOfPosition(start).line;
    console.error(`${file}:${at}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`);
  }
}
console.log(`${snippets.size} examples, ${problems} problems`);
if (problems > 0) process.exitCode = 1;

function find(patterns) {
  const files = ts.sys.readDirectory(
    root,
    ['.md', '.ts'],
    ['**/node_modules', '**/dist'],
    patterns,
  );
  const wanted = (file) => only.length === 0 || only.some((part) => file.startsWith(part));
  return files.map((file) => relative(root, file)).filter(wanted);
}

/** Blocks that are fenced as `ts`. */
function addBlocks(file, text, above = 0) {
  let imports = '';
  for (const { 1: code, index } of text.matchAll(/^```ts\n([\s\S]*?)^```/gm)) {
    if (/^\/\/ \S+\/\S+\.ts\n/.test(code)) continue;
    const own = [...code.matchAll(/^import [\s\S]*?;$/gm)]
      .map(([all]) => all.replaceAll('\n', ' '))
      .join(' ');
    if (own !== '') imports = own;
    const name = join(root, dirname(file), `.example-${snippets.size}.ts`);
    // One that imports and exports nothing is a module nonetheless.
    snippets.set(name, {
      file,
      line: above + lineAt(text, index) + 1,
      code: `${own === '' ? imports : ''}${code}\nexport {};\n`,
    });
  }
}

function lineAt(text, index) {
  return text.slice(0, index).split('\n').length;
}

/** The examples are there in memory; what they import is looked for from their own place, then from each package. */
function createHost() {
  const real = ts.createCompilerHost(options);
  const places = ['packages', 'examples'].flatMap((folder) =>
    readdirSync(join(root, folder)).map((name) => join(root, folder, name, 'x.ts')),
  );
  return {
    ...real,
    fileExists: (name) => snippets.has(name) || real.fileExists(name),
    readFile: (name) => snippets.get(name)?.code ?? real.readFile(name),
    getSourceFile: (name, ...rest) => {
      const snippet = snippets.get(name);
      return snippet
        ? ts.createSourceFile(name, snippet.code, rest[0])
        : real.getSourceFile(name, ...rest);
    },
    resolveModuleNameLiterals: (literals, from) =>
      literals.map(({ text }) => {
        const found = [from, ...(snippets.has(from) ? places : [])].map((place) =>
          ts.resolveModuleName(
            text,
            place,
            options,
            real,
            undefined,
            undefined,
            ts.ModuleKind.ESNext,
          ),
        );
        return found.find(({ resolvedModule }) => resolvedModule) ?? found[0];
      }),
  };
}
