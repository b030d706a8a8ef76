import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AgentInputItem } from '../../src/index.js';
import { startOpenAIServer } from '../../../testing/src/index.js';
import { OpenAIResponsesModel } from '../../../openai-responses/src/index.js';
import { playWorld } from './play-world.js';
import { REGRESSION_WORLDS } from './regression-worlds.js';
import { smallWorld, wholeWorld } from './small-world.js';
import { MODEL_NAME } from './strict-server.js';
import { anyWorld } from './world-plan.js';
import type { WorldPlan } from './world-plan.js';
import type { World } from './world.js';

/**
 * `BATON_SEED=<seed>` plays the same worlds again, `BATON_SEED=<seed>@<path>` the one that a failure names.
 * `BATON_WORLDS=<n>` plays another number of them.
 */
const WORLDS = Number(process.env['BATON_WORLDS'] ?? 2000);
const [SEED = '', PATH] = (process.env['BATON_SEED'] ?? String(Date.now() % 2 ** 31)).split('@');
const SENT_WORLDS = 40;

/** What must have happened in that many worlds, or the laws were kept because nothing ever happened. */
const MUST_HAPPEN = [
  'final',
  'interrupted',
  'cancelled',
  'crashed',
  'abort',
  'cancel',
  'cancel_after_turn',
  'leave',
  'say',
  'compared modes',
  'a nested run',
  'a hook that fails',
  'a session that fails',
  'a model that fails: break',
  'decision: approve',
  'decision: edit',
  'decision: reject',
  'failed: GuardrailExecutionError',
  'failed: InputGuardrailTripwireTriggered',
  'failed: OutputGuardrailTripwireTriggered',
  'failed: ToolInputGuardrailTripwireTriggered',
  'failed: MaxTurnsExceededError',
  'failed: ModelTimeoutError',
  'failed: RunTimeoutError',
  'failed: ToolCallError',
];

const counts = new Map<string, number>();
const unhandled: unknown[] = [];

function count(what: string): void {
  counts.set(what, (counts.get(what) ?? 0) + 1);
}

function noteUnhandled(reason: unknown): void {
  unhandled.push(reason);
}

async function play(plan: WorldPlan): Promise<{ readonly world: World; readonly outcome: unknown }> {
  const end = await playWorld(plan, count);
  if (unhandled.length > 0) end.world.broken(`nobody handles ${unhandled.splice(0).map(String).join()}`);
  expect(end.world.problems).toEqual([]);
  return end;
}

/** Plays the world; where nothing disturbs it, in the other mode as well, which must come to the same. */
async function check(plan: WorldPlan): Promise<void> {
  const { outcome } = await play(plan);
  if (plan.disturbances.length > 0 || !isSameInEveryMode(plan)) return;
  count('compared modes');
  const other = await play({ ...plan, mode: plan.mode === 'whole' ? 'read' : 'whole' });
  expect(other.outcome).toEqual(outcome);
}

/** Slow readers cost time. A call that has told some of its output is not tried again, and only a streamed one has. */
function isSameInEveryMode({ mode, timeout, retries, modelTimeout, agents, helpers }: WorldPlan): boolean {
  if (mode === 'slow' && timeout > 0) return false;
  if (retries === 0) return true;
  const turns = [...agents, ...helpers].flatMap((agent) => agent.turns);
  return modelTimeout === 0 && !turns.some(({ fails }) => fails === 'break' || fails === 'no_end');
}

/** Says how to see the failure again; the world can be kept in `regression-worlds.ts`. */
function throwFailure(result: fc.RunDetails<[WorldPlan]>): void {
  const { counterexample, counterexamplePath, errorInstance } = result;
  if (counterexample === null) return;
  const again = `BATON_SEED=${SEED}@${counterexamplePath ?? ''} pnpm vitest run packages/core/test/properties`;
  const world = JSON.stringify(smallWorld(counterexample[0]));
  throw new Error(
    `World ${result.numRuns} broke a law: ${String(errorInstance)}\n\nAgain: ${again}\nThe world: ${world}`,
    { cause: errorInstance },
  );
}

beforeAll(() => {
  process.on('unhandledRejection', noteUnhandled);
});
afterAll(() => {
  process.off('unhandledRejection', noteUnhandled);
});

describe('after any cancellation, error, tripwire, handoff, approval or crash', () => {
  it(
    `a run and its session are conversations that OpenAI accepts, and nothing is lost or done twice: ${WORLDS} random worlds`,
    { timeout: 300_000 },
    async () => {
      const result = await fc.check(fc.asyncProperty(anyWorld, check), {
        seed: Number(SEED),
        numRuns: WORLDS,
        ...(PATH !== undefined && { path: PATH }),
      });
      throwFailure(result);
      if (WORLDS < 2000 || PATH !== undefined) return;
      expect(MUST_HAPPEN.filter((what) => !counts.has(what))).toEqual([]);
    },
  );

  it.each(REGRESSION_WORLDS)('the laws are kept where once %s', async (_what, small) => {
    await check(wholeWorld(small));
  });

  it(`the strict server itself takes what ${SENT_WORLDS} random worlds leave behind`, async () => {
    // All of them first: while a world is played, its time is everybody's.
    const left: (readonly AgentInputItem[])[] = [];
    for (const plan of fc.sample(anyWorld, { seed: Number(SEED), numRuns: SENT_WORLDS })) {
      left.push(...(await play(plan)).world.left.filter((items) => items.length > 0));
    }
    await using server = await startOpenAIServer({ reply: () => 'Well.' });
    const model = new OpenAIResponsesModel({ apiKey: 'test', baseURL: server.url }, MODEL_NAME);
    for (const input of left) {
      const request = { input, modelSettings: {}, tools: [], handoffs: [], outputType: 'text' } as const;
      await expect(model.getResponse(request)).resolves.toMatchObject({ output: [{ role: 'assistant' }] });
    }
    expect(server.requests.length).toBeGreaterThan(SENT_WORLDS / 2);
  });
});
