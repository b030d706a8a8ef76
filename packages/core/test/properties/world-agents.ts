import { Agent, handoff, Runner } from '../../src/index.js';
import type {
  AnyAgent,
  GuardrailFunctionOutput,
  HandoffInputData,
  InputGuardrail,
  OutputGuardrail,
  RunOptions,
} from '../../src/index.js';
import type { Handoff } from '../../src/agent/index.js';
import type { FunctionTool } from '../../src/index.js';
import type { Process } from './process.js';
import { WorldModel } from './world-model.js';
import type { AgentPlan, GuardrailPlan } from './world-plan.js';
import { makeShell, noteShellKeys } from './world-shell.js';
import { makeTool } from './world-tool.js';

/** What a process runs: agents made anew, as they are in every process. */
export interface Program {
  readonly agents: readonly Agent[];
  readonly runner: Runner;
  readonly options: RunOptions;
}

/** Makes the agents of the plan for this process. */
export function startProgram(process: Process): Program {
  const { plan } = process.world;
  const helpers: Agent[] = [];
  for (let i = plan.helpers.length - 1; i >= 0; i--) {
    helpers.unshift(makeAgent(process, { kind: 'helper', index: i, helpers: [...helpers], agents: [] }));
  }
  const agents: Agent[] = [];
  for (const index of plan.agents.keys()) {
    agents.push(makeAgent(process, { kind: 'agent', index, helpers, agents }));
  }
  return { agents, runner: makeRunner(process), options: makeOptions(process) };
}

interface Place {
  readonly kind: 'agent' | 'helper';
  readonly index: number;
  /** Agents it uses as tools. */
  readonly helpers: readonly Agent[];
  /** Agents of the graph; those after this one are still to come. */
  readonly agents: readonly Agent[];
}

function makeAgent(process: Process, place: Place): Agent {
  const { plan } = process.world;
  const { kind, index } = place;
  const plans = kind === 'agent' ? plan.agents : plan.helpers;
  const own = plans[index] as AgentPlan; // the index is one of its own
  const tools = [
    ...own.tools.map((each, i) => makeTool(process, `tool_${i}`, each)),
    ...(own.shell === 'none' ? [] : [makeShell(process, own.shell)]),
    ...place.helpers.map((helper) => helperTool(process, helper)),
  ];
  const handoffs = kind === 'agent' ? handoffsOf(process, place) : [];
  const key = `${kind}${index}`;
  const model = new WorldModel(process, {
    key,
    plan: own,
    toolNames: tools.map((each) => each.name),
    handoffNames: handoffs.map((each) => each.toolName),
  });
  return new Agent<unknown>({
    name: plan.oneName && kind === 'agent' ? 'Agent' : key,
    handoffDescription: String(index), // survives in every process, whatever the name
    model,
    instructions: async () => {
      await process.step();
      return `You are ${key}.`;
    },
    tools,
    handoffs,
    toolUseBehavior: toolUseOf(own),
    ...(kind === 'agent' && {
      inputGuardrails: inputGuardrails(process, 0),
      outputGuardrails: outputGuardrails(process, 0),
    }),
    // Its type is not used here: answers are compared as JSON.
    ...(own.json && { outputType: JSON_OUTPUT as unknown as 'text' }),
  });
}

const JSON_OUTPUT = {
  type: 'json_schema',
  name: 'answer',
  strict: true,
  schema: {
    type: 'object',
    properties: { answer: { type: 'string' } },
    required: ['answer'],
    additionalProperties: false,
  },
} as const;

function toolUseOf({ toolUse }: AgentPlan): NonNullable<Agent['toolUseBehavior']> {
  switch (toolUse) {
    case 'again':
      return 'run_llm_again';
    case 'first':
      return 'stop_on_first_tool';
    case 'stop_at':
      return { stopAtToolNames: ['tool_1', 'helper0'] };
    case 'function':
      return (_context, results) =>
        results.length > 1 ? { isFinalOutput: true, finalOutput: 'enough' } : { isFinalOutput: false };
    case 'throws':
      return () => {
        throw new Error('Nobody knows what is final.');
      };
    default:
      return toolUse satisfies never;
  }
}

/** Runs the helper inside a call; what happened there is held to the same laws. */
function helperTool(process: Process, helper: Agent): FunctionTool {
  const { world } = process;
  return helper.asTool({
    needsApproval: world.plan.helperApproval,
    customOutputExtractor: async ({ history, finalOutput }) => {
      await process.step();
      const problem = world.server.problemOf(history);
      if (problem !== undefined) world.broken(`the history of a nested run is no conversation: ${problem}`);
      world.seen('a nested run');
      return finalOutput ?? 'nothing';
    },
    ...(world.plan.helpers.length > 1 && { onStream: () => process.step() }),
  });
}

function handoffsOf(process: Process, { index, agents }: Place): Handoff[] {
  const { plan } = process.world;
  return plan.agents.flatMap((target, i) => {
    if (i === index) return [];
    const made = handoff(() => agents[i] as Agent, { // all are there before a run begins
      toolNameOverride: `transfer_to_agent${i}`,
      onHandoff: async () => {
        await process.step();
        if (target.handoff === 'slow') await process.time.sleep(2, 'handoff');
        if (target.handoff === 'throws') throw new Error('The handoff failed.');
      },
      ...(target.filter !== 'none' && plan.memory !== 'server' && { inputFilter: filterOf(target.filter) }),
    });
    return [made];
  });
}

function filterOf(filter: AgentPlan['filter']): (data: HandoffInputData) => HandoffInputData {
  return (data) => {
    switch (filter) {
      case 'none':
        return data;
      case 'without_tools':
        return {
          ...data,
          inputHistory: data.inputHistory.filter((item) => item.type !== 'function_call'),
          preHandoffItems: data.preHandoffItems.filter((item) => item.type !== 'tool_call_item'),
          newItems: data.newItems.filter((item) => item.type !== 'tool_call_output_item'),
        };
      case 'only_new':
        return { ...data, preHandoffItems: [] };
      case 'throws':
        throw new Error('The filter failed.');
      default:
        return filter satisfies never;
    }
  };
}

function makeRunner(process: Process): Runner {
  const { plan } = process.world;
  const runner = new Runner();
  const hook = async (): Promise<void> => {
    await process.step();
    if (++process.world.hooks === plan.hookFails) {
      process.world.seen('a hook that fails');
      throw new Error('The hook failed.');
    }
    if (plan.hookLatency > 0) await process.time.sleep(plan.hookLatency, 'hook');
  };
  if (plan.hookLatency === 0 && plan.hookFails === 0) return runner;
  runner.on('agent_start', hook).on('agent_end', hook).on('agent_handoff', hook);
  runner.on('agent_tool_start', hook).on('agent_tool_end', hook);
  return runner.on('llm_start', hook).on('llm_end', hook);
}

function makeOptions(process: Process): RunOptions {
  const { world } = process;
  const { plan } = world;
  const answer = { finalOutput: `Handled` };
  return {
    runtime: process.runtime,
    logger: { debug: () => undefined, warn: () => undefined, error: () => undefined },
    signal: process.abort.signal,
    maxTurns: plan.maxTurns,
    ...(plan.timeout > 0 && { timeoutMs: plan.timeout }),
    ...(world.session !== undefined && { session: world.session.of(process) }),
    ...(plan.memory === 'server' && { autoPreviousResponseId: true }),
    ...(plan.join !== 'all' && {
      sessionInputCallback: async (history, input) => {
        await process.step();
        if (plan.join === 'throws' && history.length > 2) throw new Error('The history cannot be joined.');
        return [...history.slice(-2), ...input];
      },
    }),
    toolExecution: {
      ...(plan.concurrency > 0 && { maxFunctionToolConcurrency: plan.concurrency }),
      preApprovalInputGuardrails: plan.guardFirst,
    },
    modelMiddleware: [process.countRequests],
    toolMiddleware: [noteShellKeys(process)],
    toolNotFoundBehavior: plan.toolNotFound,
    inputGuardrails: inputGuardrails(process, 1),
    outputGuardrails: outputGuardrails(process, 1),
    modelSettings: {
      ...(plan.modelTimeout > 0 && { timeoutMs: plan.modelTimeout }),
      ...(plan.retries > 0 && {
        retry: { maxRetries: plan.retries, policy: () => true, backoff: { initialDelayMs: 1, jitter: false } },
      }),
    },
    ...(plan.errorHandlers && {
      errorHandlers: {
        default: async () => {
          await process.step();
          return { finalOutput: `${answer.finalOutput} ${world.newId('answer')}` };
        },
      },
    }),
    ...(plan.inputFilter !== 'none' && {
      callModelInputFilter: async ({ modelData }) => {
        await process.step();
        if (plan.inputFilter === 'throws' && modelData.input.length > 5) throw new Error('The filter failed.');
        return { ...modelData, input: plan.memory === 'server' ? modelData.input : modelData.input.slice(-3) };
      },
    }),
  };
}

/** Every second one is the agents' own, the others are the run's. */
function inputGuardrails(process: Process, parity: 0 | 1): InputGuardrail[] {
  return process.world.plan.inputGuardrails
    .filter((_each, index) => index % 2 === parity)
    .map((each, index) => ({
      name: `input ${index}`,
      runInParallel: !each.blocking,
      // A run inside a tool call has the run's guardrails, too; they hold up nothing outside.
      execute: ({ signal, agent }) =>
        check(process, each, {
          label: `${agent.name.startsWith('helper') ? 'nested ' : ''}input guardrail ${parity}${index}`,
          signal,
        }),
    }));
}

function outputGuardrails(process: Process, parity: 0 | 1): OutputGuardrail[] {
  return process.world.plan.outputGuardrails
    .filter((_each, index) => index % 2 === parity)
    .map((each, index) => ({
      name: `output ${index}`,
      execute: ({ signal }) => check(process, each, { label: `output guardrail ${parity}${index}`, signal }),
    }));
}

function check(
  process: Process,
  plan: GuardrailPlan,
  { label, signal }: { readonly label: string; readonly signal: AbortSignal },
): Promise<GuardrailFunctionOutput> {
  return process.during({ what: label, mayBeLeft: () => false }, async () => {
    await process.time.sleep(plan.latency, label, plan.deaf ? undefined : signal);
    if (plan.does === 'throw') throw new Error('The guardrail failed.');
    return { tripwireTriggered: plan.does === 'trip', outputInfo: { label } };
  });
}

/** Which agent of the plan this is, in any process. */
export function indexOf(agent: AnyAgent): number {
  return Number(agent.handoffDescription);
}
