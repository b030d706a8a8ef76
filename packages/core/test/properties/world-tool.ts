import { tool } from '../../src/index.js';
import type { FunctionTool, ToolGuardrailFunctionOutput } from '../../src/index.js';
import { NEVER } from './process.js';
import type { Process } from './process.js';
import type { ToolInput } from './world-output.js';
import type { ToolPlan } from './world-plan.js';

/** One start of a function tool. */
export interface Execution {
  readonly key: string;
  readonly tool: string;
  readonly effect: ToolPlan['effect'];
  readonly process: Process;
  /** What its output holds, and nothing else in the world. */
  readonly mark: string;
  state: 'running' | 'returned' | 'failed';
  /** When it returned. */
  tick: number;
  /** Its output has no mark, or does not reach the model by the tool's own rules. */
  withheld: boolean;
}

const PARAMETERS = {
  type: 'object',
  properties: {
    does: { type: 'string' },
    latency: { type: 'number' },
    deaf: { type: 'boolean' },
  },
  required: ['does', 'latency', 'deaf'],
  additionalProperties: false,
} as const;

/** A tool that does what its arguments say, and writes down every start. */
export function makeTool(process: Process, name: string, plan: ToolPlan): FunctionTool {
  const { timeout, approval } = plan;
  return tool({
    name,
    parameters: PARAMETERS,
    effect: plan.effect,
    needsApproval: approval === 'no' || approval === 'yes' ? approval === 'yes' : asks,
    ...(plan.raises && { errorFunction: null, timeoutBehavior: 'raise_exception' as const }),
    ...(timeout > 0 && { timeoutMs: timeout }),
    ...(plan.input !== 'none' && {
      inputGuardrails: [{ name: `${name} input`, run: () => guard(process, plan.input) }],
    }),
    ...(plan.output !== 'none' && {
      outputGuardrails: [{ name: `${name} output`, run: () => guard(process, plan.output) }],
    }),
    // The schema is JSON Schema, which has no type; the model's output is written from the same type.
    execute: (input, _context, details) => execute(process, { name, plan, key: details.idempotencyKey, signal: details.signal }, input as ToolInput),
  });

  async function asks(_context: unknown, input: unknown): Promise<boolean> {
    await process.step();
    if (approval === 'throws') throw new Error('Nobody can be asked.');
    return (input as ToolInput).latency % 2 === 1; // see above
  }
}

/** One call of a tool of the world. */
export interface WorldCall {
  readonly name: string;
  readonly plan: ToolPlan;
  readonly key: string;
  readonly signal: AbortSignal;
}

/** Does what the arguments say. */
export function execute(process: Process, call: WorldCall, input: ToolInput): unknown {
  const { time } = process;
  const { name, plan, key, signal } = call;
  if (process.dead) return NEVER;
  const execution = start(process, call, input);
  const ends = time.now + plan.timeout;
  if (input.does === 'sync') return finish();
  const activity = {
    what: `tool ${name} of call ${key}`,
    mayBeLeft: () => plan.timeout > 0 && time.now >= ends,
  };
  if (input.does === 'progress') return progress();
  return process.during(activity, work);

  async function work(): Promise<unknown> {
    try {
      await process.step('tool');
      if (input.does === 'throw') throw new Error(`Tool ${name} failed at once.`);
      const latency = input.does === 'slow' ? 50 + input.latency : input.latency;
      await time.sleep(latency, `tool ${key}`, input.deaf ? undefined : signal);
      await process.step('tool');
      if (input.does === 'throw_late') throw new Error(`Tool ${name} failed in the end.`);
      return finish();
    } catch (error) {
      execution.state = 'failed';
      throw error;
    }
  }

  async function* progress(): AsyncGenerator<unknown, unknown> {
    process.active.add(activity);
    try {
      await process.step('tool');
      yield 'half';
      await time.sleep(input.latency, `tool ${key}`, input.deaf ? undefined : signal);
      yield 'whole';
      await process.step('tool');
      return finish();
    } finally {
      if (execution.state === 'running') execution.state = 'failed';
      process.active.delete(activity);
    }
  }

  function finish(): unknown {
    execution.state = 'returned';
    execution.tick = time.ticks;
    // After its time nobody waits for a tool any more.
    if (plan.timeout > 0 && time.now >= ends) execution.withheld = true;
    return output(input.does, execution);
  }
}

/** Writes down that a tool starts, and what must have been before. */
function start(process: Process, { name, plan, key }: WorldCall, input: ToolInput): Execution {
  const { world } = process;
  const execution: Execution = {
    key,
    tool: name,
    effect: plan.effect,
    process,
    mark: `<${key}>`,
    state: 'running',
    tick: 0,
    withheld: input.does === 'nothing' || (plan.output !== 'none' && plan.output !== 'allow'),
  };
  world.executions.push(execution);
  if (plan.approval === 'yes' && !world.approved.has(key) && !world.approved.has(name)) {
    world.broken(`tool ${name} of call ${key} starts although nobody agreed`);
  }
  const nested = key.split('/').length > 2;
  if (!nested && [...process.active].some(({ what }) => what.startsWith('input guardrail'))) {
    world.broken(`tool ${name} of call ${key} starts before the input guardrails are through`);
  }
  return execution;
}

function output(does: ToolInput['does'], { mark, tool }: Execution): unknown {
  switch (does) {
    case 'object':
      return { mark, tool };
    case 'parts':
      return [
        { type: 'text', text: mark },
        { type: 'image', image: 'https://example.com/a.png' },
      ];
    case 'nothing':
      return undefined;
    case 'text':
    case 'sync':
    case 'progress':
    case 'throw':
    case 'throw_late':
    case 'slow':
      return mark;
    default:
      return does satisfies never;
  }
}

async function guard(process: Process, does: ToolPlan['input']): Promise<ToolGuardrailFunctionOutput> {
  await process.step();
  switch (does) {
    case 'none':
    case 'allow':
      return { behavior: { type: 'allow' } };
    case 'reject':
      return { behavior: { type: 'rejectContent', message: 'Not this.' } };
    case 'trip':
      return { behavior: { type: 'throwException' } };
    case 'throw':
      throw new Error('The tool guardrail failed.');
    default:
      return does satisfies never;
  }
}
