// Who may import whom. `tools/check-rules.mjs` plants a violation of each rule and sees it reported.

/** Core's rooms, bottom first: a room imports only itself and rooms before it. */
const ROOMS = [
  'internal',
  'error',
  'item',
  'trace',
  'session',
  'model',
  'context',
  'tool',
  'agent',
  'run',
];

const roomRules = ROOMS.map((room, i) => ({
  name: `core-room-${room}`,
  comment: `core/src/${room} may import ${ROOMS.slice(0, i + 1).join(', ')}`,
  severity: 'error',
  from: { path: `^packages/core/src/${room}/` },
  to: {
    path: '^packages/core/src/',
    pathNot: `^packages/core/src/(${ROOMS.slice(0, i + 1).join('|')})/`,
  },
}));

const NPM = [
  'npm',
  'npm-dev',
  'npm-optional',
  'npm-peer',
  'npm-bundled',
  'npm-no-pkg',
  'npm-unknown',
];

/** Packages that run in browsers, workers and edge runtimes. */
const NEUTRAL =
  '^packages/(core|openai-[^/]+|agents)/src/|^packages/tracing/src/(?!file/)|^packages/terminal/src/text-width\\.ts$';

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...roomRules,
    {
      name: 'core-has-only-known-rooms',
      comment: `a new room in core needs its place in the order (${ROOMS.join(', ')}; testing on top)`,
      severity: 'error',
      from: {},
      to: {
        path: '^packages/core/src/[^/]+/',
        pathNot: `^packages/core/src/(${ROOMS.join('|')}|testing)/`,
      },
    },
    {
      name: 'core-imports-no-package',
      comment: 'core has no dependencies: not at run time, not in its types',
      severity: 'error',
      from: { path: '^packages/core/src/' },
      to: { dependencyTypes: NPM, pathNot: '^packages/core/' },
    },
    {
      name: 'neutral-packages-import-no-node-built-in',
      comment: 'core, the OpenAI packages and agents run in browsers and workers',
      severity: 'error',
      from: { path: NEUTRAL },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'providers-see-only-the-model-port',
      comment: 'a provider imports @baton/core/model and nothing else of core',
      severity: 'error',
      from: { path: '^packages/openai-[^/]+/src/' },
      to: { path: '^packages/core/', pathNot: '^packages/core/src/model/index\\.ts$' },
    },
    {
      name: 'no-package-sees-a-sibling',
      comment:
        'a package imports core only; the OpenAI packages also openai-shared, some terminal; agents imports all',
      severity: 'error',
      from: { path: '^packages/([^/]+)/src/', pathNot: '^packages/(agents|openai-[^/]+)/src/' },
      to: { path: '^packages/', pathNot: '^packages/($1|core|terminal)/' },
    },
    {
      name: 'no-openai-package-sees-a-sibling',
      comment: 'an OpenAI package imports core/model and openai-shared',
      severity: 'error',
      from: { path: '^packages/(openai-[^/]+)/src/' },
      to: { path: '^packages/', pathNot: '^packages/($1|core|openai-shared)/' },
    },
    {
      name: 'openai-shared-is-for-openai-packages',
      comment: 'openai-shared is inlined into the OpenAI packages and never published',
      severity: 'error',
      from: { pathNot: '^packages/openai-[^/]+/' },
      to: { path: '^packages/openai-shared/' },
    },
    {
      name: 'terminal-is-for-what-inlines-it',
      comment: 'terminal is never published: inlined into the REPL, the console exporter and the demo',
      severity: 'error',
      from: {
        pathNot: '^packages/terminal/|^packages/extensions/(src/repl|test)/|^packages/tracing/(src/console|test)/|^examples/airline/',
      },
      to: { path: '^packages/terminal/' },
    },
    {
      name: 'tracing-sees-of-terminal-the-text-width',
      comment: 'the rest of terminal needs Node',
      severity: 'error',
      from: { path: '^packages/tracing/' },
      to: { path: '^packages/terminal/', pathNot: '^packages/terminal/src/text-width\\.ts$' },
    },
    {
      name: 'terminal-stands-alone',
      comment: 'it knows text and terminals, and nothing of agents',
      severity: 'error',
      from: { path: '^packages/terminal/' },
      to: { path: '^packages/', pathNot: '^packages/terminal/' },
    },
    {
      name: 'testing-stands-alone',
      comment: 'the local server must not share code, and so mistakes, with what it tests',
      severity: 'error',
      from: { path: '^packages/testing/src/' },
      to: { path: '^packages/', pathNot: '^packages/testing/' },
    },
    {
      name: 'extensions-are-islands',
      comment: 'no subpath of extensions imports another',
      severity: 'error',
      from: { path: '^packages/extensions/src/([^/]+)/' },
      to: {
        path: '^packages/extensions/src/',
        pathNot: '^packages/extensions/src/($1|internal)/',
      },
    },
    {
      name: 'no-relative-hop-between-packages',
      comment: 'import another package by its name; a test may look into the insides of a sibling it is held against',
      severity: 'error',
      from: { path: '^((?:packages|examples)/[^/]+|bench|tools)/', pathNot: '^packages/[^/]+/test/' },
      to: {
        path: '^(packages|examples)/[^/]+/',
        pathNot: '^$1/',
        dependencyTypes: ['local'],
        dependencyTypesNot: ['aliased'],
      },
    },
    {
      name: 'no-test-code-in-src',
      comment: 'what is published never imports tests, vitest or core/testing',
      severity: 'error',
      from: { path: '^packages/[^/]+/src/', pathNot: '^packages/core/src/testing/' },
      to: {
        path: [
          '^packages/[^/]+/test/',
          '^packages/core/src/testing/',
          'node_modules/(@vitest|vitest)/',
        ],
      },
    },
    {
      name: 'src-imports-only-declared-dependencies',
      comment: 'list it under dependencies or peerDependencies of the package',
      severity: 'error',
      from: { path: '^packages/[^/]+/src/', pathNot: '^packages/core/' },
      to: {
        dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'],
        dependencyTypesNot: ['npm', 'npm-peer', 'npm-optional'],
      },
    },
    {
      name: 'no-unresolvable',
      comment: "the import leads nowhere, or past another package's exports map",
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'no-value-cycle',
      comment: 'types of one room may know each other; values may not import in a circle',
      severity: 'error',
      from: { path: '^(packages|examples)/' },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['/dist/', '^bench/rivals/'] },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['@baton/source', 'import', 'types', 'default'],
      extensions: ['.ts', '.js', '.mjs', '.json', '.d.ts'],
    },
  },
};
