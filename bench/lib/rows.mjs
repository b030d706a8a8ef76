// The lines of the table: what is measured, how one number is made of it, and the goal for Baton.

const MB = 1024 * 1024;
const KB = 1024;

/** Peers that are measured in rows that name none. */
const ALL = ['baton', 'loop', 'ai-sdk', 'openai-agents'];

/**
 * Rows that are measured as a case in a process of its own. `value` makes the number; of several rounds the
 * best counts, as noise only ever makes it worse. `goal` is the worst number that is still good. `shareOf` shows
 * Baton's number divided by that peer's.
 */
export const CASE_ROWS = [
  {
    what: 'one tool turn and an answer, ms CPU',
    case: { scenario: 'turns', turns: 1 },
    value: ({ cpu }) => cpu,
    goal: 0.045,
  },
  {
    what: '… streamed',
    case: { scenario: 'turns', turns: 1, streamed: true },
    value: ({ cpu }) => cpu,
    goal: 0.06,
  },
  {
    what: '10 tool turns, ms CPU per turn',
    case: { scenario: 'turns', turns: 10 },
    value: ({ cpuPerTurn }) => cpuPerTurn,
  },
  {
    what: '… streamed',
    case: { scenario: 'turns', turns: 10, streamed: true },
    value: ({ cpuPerTurn }) => cpuPerTurn,
  },
  {
    what: '100 tool turns, ms CPU per turn',
    case: { scenario: 'turns', turns: 100 },
    value: ({ cpuPerTurn }) => cpuPerTurn,
    goal: 0.025,
  },
  {
    what: '… streamed',
    case: { scenario: 'turns', turns: 100, streamed: true },
    value: ({ cpuPerTurn }) => cpuPerTurn,
  },
  {
    what: '1,000 tool turns, ms CPU in all',
    case: { scenario: 'turns', turns: 1000 },
    value: ({ cpu }) => cpu,
    goal: 30,
  },
  {
    what: '… streamed',
    case: { scenario: 'turns', turns: 1000, streamed: true },
    value: ({ cpu }) => cpu,
    goal: 45,
  },
  {
    what: '1,000 tool turns, as a share of what the AI SDK needs',
    case: { scenario: 'turns', turns: 1000 },
    value: ({ cpu }) => cpu,
    shareOf: 'ai-sdk',
    goal: 0.1,
    peers: ['baton', 'ai-sdk'],
  },
  {
    what: 'last 100 of 1,000 turns against the first 100, times as long',
    case: { scenario: 'slope' },
    value: ({ ratio }) => ratio,
    goal: 1.5,
    peers: ['baton', 'loop', 'ai-sdk'],
  },
  {
    what: '… streamed',
    case: { scenario: 'slope', streamed: true },
    value: ({ ratio }) => ratio,
    goal: 1.5,
    peers: ['baton', 'loop', 'ai-sdk'],
  },
  {
    what: '2,000 turns of a conversation the provider keeps: last quarter against the first',
    case: { scenario: 'keptConversation' },
    value: ({ ratio }) => ratio,
    note: ({ turns, pieces }) =>
      `The curve of ${turns} turns of a conversation that the provider keeps, each eighth in ms: ${pieces.map((piece) => piece.toFixed(1)).join(', ')}.`,
    goal: 1.5,
    peers: ['baton'],
  },
  {
    what: '… ms of book-keeping per turn',
    case: { scenario: 'keptConversation' },
    value: ({ msPerTurn }) => msPerTurn,
    peers: ['baton'],
  },
  {
    what: 'allocated per turn of 500, KB',
    case: { scenario: 'allocation' },
    value: ({ bytesPerTurn }) => bytesPerTurn / KB,
    goal: 30,
  },
  {
    what: '100 parallel calls in one turn, ms CPU',
    case: { scenario: 'parallel' },
    value: ({ cpu }) => cpu,
    goal: 1.5,
  },
  {
    what: '200 tools with big schemas, 20 turns, ms CPU per turn',
    case: { scenario: 'schemas' },
    value: ({ cpuPerTurn }) => cpuPerTurn,
    goal: 0.1,
  },
  {
    what: '… making the 200 tools, once, ms CPU',
    case: { scenario: 'schemas' },
    value: ({ setUp }) => setUp,
  },
  {
    what: '5,000 items of history and 10 turns, ms CPU',
    case: { scenario: 'history' },
    value: ({ cpu }) => cpu,
    goal: 12,
  },
  {
    what: '20,000 text deltas, thousands per second',
    case: { scenario: 'deltas' },
    value: ({ perSecond }) => perSecond / 1000,
    goal: 1500,
    higherIsBetter: true,
  },
  {
    what: '1,000 two-turn runs at once, runs per second',
    case: { scenario: 'concurrency' },
    value: ({ runsPerSecond }) => runsPerSecond,
    goal: 12_000,
    higherIsBetter: true,
  },
  {
    what: '… peak memory, MB',
    case: { scenario: 'concurrency' },
    value: ({ peakMemory }) => peakMemory / MB,
    goal: 150,
  },
  {
    what: 'heap kept after 20,000 runs, bytes per run',
    case: { scenario: 'leak' },
    value: ({ bytesPerRun }) => bytesPerRun,
    goal: 20,
    peers: ['baton', 'loop'],
  },
  {
    what: '… streamed',
    case: { scenario: 'leak', streamed: true },
    value: ({ bytesPerRun }) => bytesPerRun,
    goal: 20,
    peers: ['baton', 'loop'],
  },
  {
    what: 'tracing on instead of off, 10 tool turns, times as long',
    case: { scenario: 'tracing', turns: 10 },
    value: ({ wall }) => wall,
    goal: 1.15,
    peers: ['baton'],
  },
  {
    what: '… in an app that uses AsyncLocalStorage anyway',
    case: { scenario: 'tracing', turns: 10, carried: true },
    value: ({ wall }) => wall,
    goal: 1.15,
    peers: ['baton'],
  },
  {
    what: 'Responses wire: tracing on instead of off, 10 tool turns, times as long',
    case: { scenario: 'tracing', wire: 'responses', turns: 10 },
    value: ({ wall }) => wall,
    goal: 1.15,
    peers: ['baton'],
  },
  ...onTheWire('Responses wire: 10 tool turns', { wire: 'responses', turns: 10 }, { goal: 0.62, share: 1.09 }),
  ...onTheWire('… streamed', { wire: 'responses', turns: 10, streamed: true }, { goal: 0.86, share: 1 }),
  ...onTheWire('… 100 tool turns, streamed', { wire: 'responses', turns: 100, streamed: true }, { goal: 0.95, share: 1.1 }),
  ...onTheWire('Chat wire: 10 tool turns, streamed', { wire: 'chat', turns: 10, streamed: true }, { goal: 0.8, share: 1.03 }),
  {
    what: 'Responses wire: 5,000 items of history and 10 turns, ms CPU',
    case: { scenario: 'history', wire: 'responses' },
    value: ({ cpu }) => cpu,
    goal: 75,
  },
  {
    what: 'Responses wire: 20,000 text deltas, thousands per second',
    case: { scenario: 'deltas', wire: 'responses' },
    value: ({ perSecond }) => perSecond / 1000,
    goal: 230,
    higherIsBetter: true,
  },
  {
    what: 'Chat wire: 20,000 text deltas, thousands per second',
    case: { scenario: 'deltas', wire: 'chat' },
    value: ({ perSecond }) => perSecond / 1000,
    higherIsBetter: true,
  },
  {
    what: 'Responses wire: 1,000 two-turn runs at once, runs per second',
    case: { scenario: 'concurrency', wire: 'responses' },
    value: ({ runsPerSecond }) => runsPerSecond,
    goal: 1200,
    higherIsBetter: true,
  },
  {
    what: '… as a share of what the loop does',
    case: { scenario: 'concurrency', wire: 'responses' },
    value: ({ runsPerSecond }) => runsPerSecond,
    shareOf: 'loop',
    goal: 0.95,
    higherIsBetter: true,
    peers: ['baton', 'loop'],
  },
  {
    what: 'Responses wire: first piece of text, ms',
    case: { scenario: 'firstDelta', wire: 'responses' },
    value: ({ wall }) => wall,
    goal: 0.9,
  },
  {
    what: 'Chat wire: first piece of text, ms',
    case: { scenario: 'firstDelta', wire: 'chat' },
    value: ({ wall }) => wall,
  },
].map((row) => ({ peers: ALL, ...row }));

/**
 * Turns over the wire, in ms and as a share of the loop's: times differ between machines, and most of these is the
 * client and the platform below it; shares drift less. Requests give the compiler little to see, so it gets more time.
 */
function onTheWire(what, shape, { goal, share }) {
  const row = {
    case: { scenario: 'turns', warmMs: 3000, ...shape },
    value: ({ cpuPerTurn }) => cpuPerTurn,
  };
  return [
    { what: `${what}, ms CPU per turn`, ...row, goal },
    { what: '… as a share of what the loop needs', ...row, shareOf: 'loop', goal: share, peers: ['baton', 'loop'] },
  ];
}

/** Rows made of the import costs of all entry points. */
export const IMPORT_ROWS = [
  {
    what: "import('@baton/core'), ms more than an empty process",
    value: ({ costs }) => costs['@baton/core'].processWall,
    goal: 15,
  },
  {
    what: '… CPU of the import, ms',
    value: ({ costs }) => costs['@baton/core'].cpu,
  },
  {
    what: '… files loaded',
    value: ({ costs }) => costs['@baton/core'].files.length,
    goal: 5,
  },
  {
    what: '… packages, Node built-ins, globals and process listeners',
    value: ({ costs }) => traces(costs['@baton/core']),
    goal: 0,
  },
  {
    what: "import('@baton/openai-responses'), ms more than an empty process",
    value: ({ costs }) => costs['@baton/openai-responses'].processWall,
  },
  {
    what: "import('@baton/agents') or of the other SDK, ms more than an empty process",
    value: ({ costs }) => costs['@baton/agents'].processWall,
    rivals: (costs) => costs.processWall,
    goal: ({ costs }) => costs['openai'].processWall + 25,
  },
  {
    what: '… files loaded',
    value: ({ costs }) => costs['@baton/agents'].files.length,
    rivals: (costs) => costs.files.length,
  },
  {
    what: '… with the openai client, which the first request loads, ms',
    value: ({ costs }) => costs['@baton/agents'].processWall + costs['openai'].processWall,
    goal: ({ costs }) => costs['openai'].processWall + 25,
  },
];

/** Rows made of the bundles of all apps. */
export const BUNDLE_ROWS = [
  {
    what: 'app of one agent for browsers, core alone, no zod, gzipped KB',
    value: (bundles) => bundles['core-only'].gzipped / KB,
    goal: 25,
  },
  {
    what: 'app of one agent for Node with a model and zod, gzipped KB',
    value: (bundles) => bundles['openai-responses'].gzipped / KB,
    rivals: ({ gzipped }) => gzipped / KB,
    goal: 115,
  },
  {
    what: '… with what it loads on demand, gzipped KB',
    value: ({ 'openai-responses': { gzipped, onDemand } }) => (gzipped + onDemand) / KB,
    rivals: ({ gzipped, onDemand }) => (gzipped + onDemand) / KB,
  },
];

function traces({ packages, builtins, globals, listeners }) {
  return packages.length + builtins.length + globals.length + listeners;
}
