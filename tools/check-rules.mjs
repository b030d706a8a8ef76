// A rule nobody has seen fail is no rule. Plants a violation of each of our own rules in a small copy of
// the workspace and sees each reported: by that rule, in that file, and nothing else anywhere.

import { execFile } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const root = join(import.meta.dirname, '..');
const { forbidden } = createRequire(import.meta.url)('../.dependency-cruiser.cjs');
const rooms = forbidden.flatMap(({ name }) => /^core-room-(.*)/.exec(name)?.[1] ?? []);

// File, the rule that must report it, what the file says.
const imports = [
  ...rooms.map((room, i) => [
    `packages/core/src/${room}/up.ts`,
    `core-room-${room}`,
    i + 1 < rooms.length ? `import '../${rooms[i + 1]}/index.js';` : `import '../index.js';`,
  ]),
  [
    'packages/core/src/item/type-up.ts',
    'core-room-item',
    `export type { value } from '../run/index.js';`,
  ],
  ['packages/core/src/top.ts', 'core-has-only-known-rooms', `import './cellar/index.js';`],
  [
    'packages/core/src/run/npm.ts',
    'core-imports-no-package',
    `export type { ZodType } from 'zod';`,
  ],
  [
    'packages/core/src/run/node.ts',
    'neutral-packages-import-no-node-built-in',
    `import 'node:fs';`,
  ],
  [
    'packages/openai-chat/src/core.ts',
    'providers-see-only-the-model-port',
    `import '@baton/core';`,
  ],
  [
    'packages/openai-chat/src/sibling.ts',
    'no-openai-package-sees-a-sibling',
    `import '@baton/openai-responses';`,
  ],
  ['packages/mcp/src/sibling.ts', 'no-package-sees-a-sibling', `import '@baton/extensions';`],
  [
    'packages/agents/src/shared.ts',
    'openai-shared-is-for-openai-packages',
    `import '@baton/openai-shared';`,
  ],
  [
    'packages/mcp/src/terminal.ts',
    'terminal-is-for-what-inlines-it',
    `import '@baton/terminal/text-width.ts';`,
  ],
  [
    'packages/tracing/src/console/screen.ts',
    'tracing-sees-of-terminal-the-text-width',
    `import '@baton/terminal';`,
  ],
  ['packages/terminal/src/core.ts', 'terminal-stands-alone', `import '@baton/core';`],
  ['packages/testing/src/core.ts', 'testing-stands-alone', `import '@baton/core';`],
  [
    'packages/extensions/src/sessions/other.ts',
    'extensions-are-islands',
    `import '../durable/index.js';`,
  ],
  [
    'packages/mcp/src/hop.ts',
    'no-relative-hop-between-packages',
    `import '../../core/src/index.js';`,
  ],
  [
    'examples/one/src/hop.ts',
    'no-relative-hop-between-packages',
    `import '../../../packages/core/src/index.js';`,
  ],
  ['examples/one/src/reach.ts', 'no-unresolvable', `import '@baton/core/src/run/index.js';`],
  ['packages/mcp/src/test.ts', 'no-test-code-in-src', `import '../test/helper.js';`],
  ['packages/mcp/src/core-testing.ts', 'no-test-code-in-src', `import '@baton/core/testing';`],
  ['packages/mcp/src/dev.ts', 'src-imports-only-declared-dependencies', `import 'zod';`],
  [
    'packages/mcp/src/a.ts',
    'no-value-cycle',
    `import { b } from './b.js'; export const a = () => b;`,
  ],
];
const allowedImports = [
  // The other half of the cycle, which is reported once.
  ['packages/mcp/src/b.ts', `import { a } from './a.js'; export const b = () => a;`],
  ['packages/openai-chat/src/ok.ts', `import '@baton/core/model'; import '@baton/openai-shared';`],
  [
    'packages/openai-chat/test/ok.ts',
    `import '@baton/core/testing'; import '@baton/testing'; import 'zod';`,
  ],
  ['packages/tracing/src/console/ok.ts', `import '@baton/terminal/text-width.ts';`],
  ['packages/extensions/src/repl/ok.ts', `import '@baton/terminal';`],
  ['packages/agents/src/ok.ts', `import '@baton/core'; import '@baton/openai-responses';`],
  ['packages/testing/src/ok.ts', `import 'node:http';`],
  ['packages/core/src/run/ok.ts', `import '../agent/index.js'; import '../internal/index.js';`],
  ['packages/core/src/testing/ok.ts', `import '../index.js';`],
  ['packages/mcp/src/type-a.ts', `import type { B } from './type-b.js'; export type A = B | 1;`],
  ['packages/mcp/src/type-b.ts', `import type { A } from './type-a.js'; export type B = A[];`],
];

const core = (name) => `packages/core/src/run/${name}.ts`;
const code = [
  [core('let'), 'baton(no-module-state)', 'export let count = 0;'],
  [
    core('let-inner'),
    'baton(no-module-state)',
    'let count = 0; export const next = () => ++count;',
  ],
  [core('weak'), 'baton(no-module-state)', 'export const seen = (): object => new WeakMap();'],
  [core('star'), 'baton(no-export-star)', `export * from './index.js';`],
  [core('cast'), 'baton(explained-cast)', 'export const f = (x: unknown): string => x as string;'],
  [core('bang'), 'baton(explained-cast)', 'export const f = (x: string[]): string => x[0]!;'],
  [core('default'), 'import(no-default-export)', 'export default 1;'],
  [core('any'), 'typescript(no-explicit-any)', '// on purpose\nexport type Anything = any;'],
  [core('console'), 'eslint(no-console)', `console.log('hello');`],
  [core('process'), 'eslint(no-restricted-globals)', 'export const e = process.argv;'],
  [
    core('timer'),
    'eslint(no-restricted-globals)',
    'export const t = (f: () => void) => setTimeout(f, 1);',
  ],
  [core('now'), 'eslint(no-restricted-properties)', 'export const now = () => Date.now();'],
  [
    'packages/openai-chat/src/p.ts',
    'eslint(no-restricted-globals)',
    'export const e = process.argv;',
  ],
  [
    core('params'),
    'eslint(max-params)',
    'export const f = (a: 1, b: 1, c: 1, d: 1) => [a, b, c, d];',
  ],
  [
    core('promise'),
    'typescript(no-floating-promises)',
    'export const f = () => { Promise.resolve(1); };',
  ],
  [
    core('switch'),
    'typescript(switch-exhaustiveness-check)',
    `export function f(x: 'a' | 'b'): void { switch (x) { case 'a': break; } }`,
  ],
  [
    core('type-import'),
    'typescript(consistent-type-imports)',
    `import { T } from './t.js'; export type U = T;`,
  ],
  [
    core('cycle-a'),
    'import(no-cycle)',
    `import { b } from './cycle-b.js'; export const a = () => b;`,
  ],
  [
    core('cycle-b'),
    'import(no-cycle)',
    `import { a } from './cycle-a.js'; export const b = () => a;`,
  ],
];
const allowedCode = [
  [core('t'), 'export interface T { readonly t: 1 }'],
  [
    core('fine'),
    `// checked by the caller\nexport const f = (x: unknown): string => x as string;\nexport const c = ['a'] as const;`,
  ],
];

// What the mini-workspace's packages depend on; every index.ts exports one value.
const packages = {
  core: { entries: ['.', './model', './testing'], devDependencies: ['zod'] },
  'openai-shared': {},
  'openai-responses': {},
  'openai-chat': {
    dependencies: ['@baton/core', '@baton/openai-responses'],
    devDependencies: ['@baton/openai-shared', '@baton/testing', 'zod'],
  },
  testing: { dependencies: ['@baton/core'] },
  agents: { dependencies: ['@baton/core', '@baton/openai-responses', '@baton/openai-shared'] },
  terminal: { entries: ['.', './text-width.ts'], devDependencies: ['@baton/core'] },
  tracing: { devDependencies: ['@baton/terminal'] },
  extensions: { devDependencies: ['@baton/terminal'] },
  mcp: {
    dependencies: ['@baton/core', '@baton/extensions'],
    devDependencies: ['@baton/terminal', 'zod'],
  },
};
const plainFiles = [
  ...Object.keys(packages).map((name) => `packages/${name}/src/index.ts`),
  ...[...rooms, 'testing', 'cellar'].map((room) => `packages/core/src/${room}/index.ts`),
  'packages/extensions/src/durable/index.ts',
  'packages/terminal/src/text-width.ts',
  'packages/mcp/test/helper.ts',
].map((file) => [file, 'export const value = 1;']);

const failures = [
  ...(await planted('dependency rules', [...imports], allowedImports, cruise)),
  ...(await planted('lint rules', [...code], allowedCode, lint)),
];
for (const failure of failures) console.error(failure);
if (failures.length === 0)
  console.log(`${imports.length + code.length} planted violations, each one reported.`);
process.exitCode = failures.length === 0 ? 0 : 1;

async function planted(what, violations, allowed, findIn) {
  const dir = realpathSync(mkdtempSync(join(tmpdir(), 'baton-rules-')));
  try {
    layOut(dir, [...plainFiles, ...allowed, ...violations.map(([file, , text]) => [file, text])]);
    const found = new Set(await findIn(dir));
    const expected = new Set(violations.map(([file, rule]) => `${rule} in ${file}`));
    return [
      ...[...expected]
        .filter((one) => !found.has(one))
        .map((one) => `${what}: not reported: ${one}`),
      ...[...found]
        .filter((one) => !expected.has(one))
        .map((one) => `${what}: reported without cause: ${one}`),
    ];
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

function layOut(dir, files) {
  for (const file of [
    '.dependency-cruiser.cjs',
    '.oxlintrc.json',
    'tsconfig.base.json',
    'tsconfig.json',
    'tools/lint',
  ]) {
    cpSync(join(root, file), join(dir, file), { recursive: true });
  }
  link(join(root, 'node_modules'), join(dir, 'node_modules'));
  for (const [name, { entries = ['.'], dependencies = [], devDependencies = [] }] of Object.entries(
    packages,
  )) {
    const source = (entry) =>
      entry.endsWith('.ts')
        ? `./src/${entry.slice(2)}`
        : `./src/${entry === '.' ? '' : `${entry.slice(2)}/`}index.ts`;
    const manifest = {
      name: `@baton/${name}`,
      type: 'module',
      exports: Object.fromEntries(
        entries.map((entry) => [entry, { '@baton/source': source(entry) }]),
      ),
      dependencies: Object.fromEntries(dependencies.map((one) => [one, '*'])),
      devDependencies: Object.fromEntries(devDependencies.map((one) => [one, '*'])),
    };
    write(dir, `packages/${name}/package.json`, JSON.stringify(manifest));
    linkDependencies(dir, `packages/${name}`, [...dependencies, ...devDependencies]);
  }
  write(
    dir,
    'examples/one/package.json',
    '{ "type": "module", "dependencies": { "@baton/core": "*" } }',
  );
  linkDependencies(dir, 'examples/one', ['@baton/core']);
  for (const [file, text] of files) write(dir, file, `${text}\n`);
}

function linkDependencies(dir, from, names) {
  for (const name of names) {
    const target = name.startsWith('@baton/')
      ? join(dir, 'packages', name.slice(7))
      : join(root, 'packages/core/node_modules', name);
    link(target, join(dir, from, 'node_modules', name));
  }
}

async function cruise(dir) {
  const { summary } = JSON.parse(
    await output(dir, 'depcruise', ['packages', 'examples', '--output-type', 'json']),
  );
  return summary.violations.map(({ rule, from }) => `${rule.name} in ${from}`);
}

async function lint(dir) {
  const { diagnostics } = JSON.parse(await output(dir, 'oxlint', ['--format', 'json']));
  return diagnostics.map(({ code: rule, filename }) => `${rule} in ${filename}`);
}

/** Both tools exit with an error when they find something, which here is what they are for. */
function output(cwd, tool, args) {
  const options = { cwd, maxBuffer: 64 * 1024 * 1024 };
  return new Promise((resolve) => {
    execFile(join(root, 'node_modules/.bin', tool), args, options, (_error, stdout) =>
      resolve(stdout),
    );
  });
}

function write(dir, file, text) {
  mkdirSync(dirname(join(dir, file)), { recursive: true });
  writeFileSync(join(dir, file), text);
}

function link(target, path) {
  mkdirSync(dirname(path), { recursive: true });
  symlinkSync(target, path, 'dir');
}
