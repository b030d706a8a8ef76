import type {
  Agent,
  AgentOutputType,
  AnyAgent,
  InputGuardrailResult,
  OutputGuardrailResult,
  ResolvedOutput,
  RunItem,
  RunToolApprovalItem,
} from '../agent/index.js';
import type { RunContext } from '../context/index.js';
import type { AgentInputItem } from '../item/index.js';
import type { ModelResponse, Usage } from '../model/index.js';
import type { ToolInputGuardrailResult, ToolOutputGuardrailResult } from '../tool/index.js';
import { unsentItems } from './conversation.js';
import type { RunState } from './run-state.js';

/** What a run has come to: its answer, or what it waits for, and all that happened on the way. */
export class RunResult<TContext = unknown, TAgent extends AnyAgent = AnyAgent> {
  /** All that the run remembers; store it to go on later. */
  readonly state: RunState<TContext, TAgent>;

  constructor(state: RunState<TContext, TAgent>) {
    this.state = state;
  }

  /** The answer, typed by the agent's output type; `undefined` where the run waits or was stopped. */
  get finalOutput(): ResolvedOutput<TAgent['outputType']> | undefined {
    const { phase } = this.state;
    if (phase.type !== 'final_output') return undefined;
    // Checked against the output type when it was made final.
    return phase.output as ResolvedOutput<TAgent['outputType']>;
  }

  /** Tool calls that wait for a human; empty where the run does not. */
  get interruptions(): RunToolApprovalItem[] {
    return this.state.getInterruptions();
  }

  /** Input and output as a conversation that can be the input of the next run. */
  get history(): AgentInputItem[] {
    return this.state.history;
  }

  /** What the run produced, with the agents that did. */
  get newItems(): RunItem[] {
    return this.state.newItems;
  }

  /** What the run was given, without what a session added. */
  get input(): AgentInputItem[] {
    return this.state.transcript
      .filter((entry) => entry.origin === 'input')
      .map((entry) => entry.item);
  }

  /** What the run added to the conversation: what the models said, and the tool outputs; with the input, the `history`. */
  get output(): AgentInputItem[] {
    const given = new Set<AgentInputItem>();
    for (const { origin, item } of this.state.transcript) {
      if (origin === 'session' || origin === 'input') given.add(item);
    }
    return this.state.history.filter((item) => !given.has(item));
  }

  /** What the models answered, one response per turn. */
  get rawResponses(): ModelResponse[] {
    return this.state.rawResponses;
  }

  /** The provider's id of the last response that has one. */
  get lastResponseId(): string | undefined {
    return this.state.responses.findLast((response) => response.responseId !== undefined)
      ?.responseId;
  }

  /**
   * What the provider that keeps the conversation has not been told: the output of a tool that ended the run, or
   * what a filter left out. The next request of the conversation has to begin with it, as the provider waits for the
   * outputs of its calls. Empty where no provider keeps it, and where nothing is missing.
   *
   * @example
   * ```ts
   * import { run, user, type Agent, type RunResult } from '@baton/core';
   *
   * export function goOn(agent: Agent, result: RunResult, text: string): Promise<RunResult> {
   *   const previousResponseId = result.lastResponseId;
   *   return run(agent, [...result.unsentItems, user(text)], { previousResponseId });
   * }
   * ```
   */
  get unsentItems(): AgentInputItem[] {
    return unsentItems(this.state);
  }

  /** The agent that was active last; ask it next time, to stay in the conversation. */
  get lastAgent(): Agent<TContext, AgentOutputType> {
    // A handoff leads only to agents that take this context: the compiler has checked it.
    return this.state.currentAgent as Agent<TContext, AgentOutputType>;
  }

  get inputGuardrailResults(): readonly InputGuardrailResult[] {
    return this.state.inputGuardrailResults;
  }

  get outputGuardrailResults(): readonly OutputGuardrailResult[] {
    return this.state.outputGuardrailResults;
  }

  get toolInputGuardrailResults(): readonly ToolInputGuardrailResult[] {
    return this.state.toolInputGuardrailResults;
  }

  get toolOutputGuardrailResults(): readonly ToolOutputGuardrailResult[] {
    return this.state.toolOutputGuardrailResults;
  }

  get runContext(): RunContext<TContext> {
    return this.state.context;
  }

  /** Tokens and requests of the run. */
  get usage(): Usage {
    return this.state.context.usage;
  }
}
