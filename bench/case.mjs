// Measures one peer in one scenario, in a process of its own: node case.mjs '{"peer":"baton","scenario":"turns","turns":10}'

import { SCENARIOS } from './scenarios/index.mjs';

const PEERS = {
  baton: './peers/baton.mjs',
  loop: './peers/loop.mjs',
  'ai-sdk': './rivals/ai-sdk.mjs',
  'openai-agents': './rivals/openai-agents.mjs',
};

const { peer, scenario, ...options } = JSON.parse(process.argv[2]);
const measured = await SCENARIOS[scenario](await import(PEERS[peer]), options);
process.stdout.write(`${JSON.stringify(measured)}\n`, () => process.exit(0));
