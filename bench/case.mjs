// Measures one peer in one scenario, in a process of its own:
//   node --expose-gc case.mjs '{"peer":"baton","scenario":"turns","turns":10}'

import { importPeer } from './lib/peers.mjs';
import { SCENARIOS } from './scenarios/index.mjs';

const { peer, scenario, ...options } = JSON.parse(process.argv[2]);
const measured = await SCENARIOS[scenario](await importPeer(peer), options);
process.stdout.write(`${JSON.stringify(measured)}\n`, () => process.exit(0));
