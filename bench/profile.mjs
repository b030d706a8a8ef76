// Where the time of a scenario goes, by function of the sources:
//   node --expose-gc profile.mjs '{"peer":"baton","scenario":"turns","turns":1000}' [LINES]

import { existsSync, readFileSync } from 'node:fs';
import { Session } from 'node:inspector/promises';
import { SourceMap } from 'node:module';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { importPeer } from './lib/peers.mjs';
import { benchDirectory } from './lib/process.mjs';
import { SCENARIOS } from './scenarios/index.mjs';
import { startServer } from './wire/start-server.mjs';

const { peer = 'baton', scenario, wire: api, ...options } = JSON.parse(process.argv[2]);
const wire = api === undefined ? undefined : { api, baseURL: await startServer() };
const sourceMaps = new Map();
const limit = Number(process.argv[3] ?? 25);
const { setUp } = await importPeer(peer);
const profile = await takeProfile({ setUp: (given) => setUp({ ...given, wire }) });
printProfile(profile);
process.exit(0);

async function takeProfile(subject) {
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.setSamplingInterval', { interval: 200 });
  await session.post('Profiler.start');
  await SCENARIOS[scenario](subject, options);
  return (await session.post('Profiler.stop')).profile;
}

function printProfile({ nodes, samples, timeDeltas }) {
  const parents = new Map();
  for (const node of nodes) for (const child of node.children ?? []) parents.set(child, node.id);
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const self = new Map();
  const total = new Map();
  let busy = 0;
  samples.forEach((id, i) => {
    const name = functionName(byId.get(id));
    const time = timeDeltas[i];
    if (name === '(idle)' || name === '(root)') return;
    busy += time;
    self.set(name, (self.get(name) ?? 0) + time);
    const stack = new Set();
    for (let at = id; at !== undefined; at = parents.get(at)) stack.add(functionName(byId.get(at)));
    for (const each of stack) total.set(each, (total.get(each) ?? 0) + time);
  });
  const share = (time) => `${((100 * time) / busy).toFixed(1).padStart(5)} %`;
  console.log('   self    total  function');
  for (const [name, time] of [...self].sort((a, b) => b[1] - a[1]).slice(0, limit)) {
    console.log(`${share(time)}  ${share(total.get(name))}  ${name}`);
  }
}

function functionName(node) {
  node.name ??= describe(node.callFrame);
  return node.name;
}

function describe({ functionName: name, url, lineNumber, columnNumber }) {
  if (!url.startsWith('file:')) return url === '' ? name : `${name} ${url}:${lineNumber + 1}`;
  const file = fileURLToPath(url);
  const source = sourceMapOf(file)?.findEntry(lineNumber, columnNumber);
  const place =
    source?.originalSource === undefined
      ? `${relative(benchDirectory, file)}:${lineNumber + 1}`
      : `${source.originalSource.replaceAll('../', '')}:${source.originalLine + 1}`;
  return `${name || '(anonymous)'} ${place}`;
}

function sourceMapOf(file) {
  if (!sourceMaps.has(file)) {
    const map = `${file}.map`;
    sourceMaps.set(
      file,
      existsSync(map) ? new SourceMap(JSON.parse(readFileSync(map, 'utf8'))) : undefined,
    );
  }
  return sourceMaps.get(file);
}
