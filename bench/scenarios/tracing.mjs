import { AsyncLocalStorage } from 'node:async_hooks';
import { BatchTraceProcessor, createTracing } from '@baton/tracing';
import { createDriver, warmUp } from '../lib/drive.mjs';
import { repeat } from '../lib/measure.mjs';

const ROUNDS = 10;
/** What is measured first must not pay for the compiler: over the wire 700 ms are too few runs. */
const WARM_UP = { budgetMs: 2_500 };

/**
 * What recording costs: the same conversation with tracing off and on, in turns, with an exporter that does nothing. The
 * smallest of each counts, as whatever disturbs only adds. `wall` is what the run itself takes, `cpu` has in it what is
 * done behind its back: redacting and copying what is exported.
 *
 * With `carried`, the app uses `AsyncLocalStorage` anyway, as most servers do: on Node 20 and 22 its use alone makes every
 * promise of the process dearer, whoever uses it.
 */
export async function tracing(peer, { turns: count, carried = false }) {
  const tracer = createTracing({
    processors: [new BatchTraceProcessor({ export: async () => {} }, { exportTriggerRatio: 0.05, scheduleDelay: 50 })],
  });
  const traced = { setUp: (given) => peer.setUp({ ...given, tracer }) };
  const off = await createDriver(peer, { turns: count });
  const on = await createDriver(traced, { turns: count });
  await warmUp(peer, WARM_UP);
  const before = carried ? undefined : await rounds({ off });
  if (carried) new AsyncLocalStorage().enterWith({});
  await warmUp(traced, WARM_UP);
  // Whether it is carried or not: once a storage was in use, Node goes on paying for it.
  const costs = carried ? await rounds({ off, on }) : { ...before, ...(await rounds({ on })) };
  return {
    wall: costs.on.wall / costs.off.wall,
    cpu: costs.on.cpu / costs.off.cpu,
    msOff: costs.off.wall,
    msOn: costs.on.wall,
  };
}

async function rounds({ rounds: times = ROUNDS, ...drivers }) {
  const best = {};
  for (let round = 0; round < times; round++) {
    for (const [name, driver] of Object.entries(drivers)) {
      // A run yields to nothing; what waits for its turn gets it here.
      await new Promise((resolve) => setTimeout(resolve, 60));
      const { cpu, wall } = await repeat(() => driver.once(), { budgetMs: 300 });
      const { cpu: c = cpu, wall: w = wall } = best[name] ?? {};
      best[name] = { cpu: Math.min(c, cpu), wall: Math.min(w, wall) };
    }
  }
  return best;
}
