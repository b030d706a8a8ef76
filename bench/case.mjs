// Measures one peer in one scenario, in a process of its own:
//   node --expose-gc case.mjs '{"peer":"baton","scenario":"turns","turns":10}'
// With "wire":"responses" or "wire":"chat" the model is a server in another process, over HTTP on loopback.

import { importPeer } from './lib/peers.mjs';
import { SCENARIOS } from './scenarios/index.mjs';
import { startServer } from './wire/start-server.mjs';

const { peer, scenario, wire: api, ...options } = JSON.parse(process.argv[2]);
const { setUp } = await importPeer(peer);
const wire = api === undefined ? undefined : { api, baseURL: await startServer() };
const measured = await SCENARIOS[scenario]({ setUp: (given) => setUp({ ...given, wire }) }, options);
process.stdout.write(`${JSON.stringify(measured)}\n`, () => process.exit(0));
