import type { RunContext } from '../context/index.js';
import type { HookMap } from '../internal/hook-emitter.js';
import type { AgentInputItem, ToolCallItem } from '../item/index.js';
import type { ModelRequest, ModelResponse } from '../model/index.js';
import type { Tool } from '../tool/index.js';
import type { AnyAgent } from './agent.js';

/**
 * Hooks of one agent, in the order they are called. Each is awaited; what it throws ends the run.
 * Run hooks are called before the agent's own.
 */
export interface AgentHookEvents<TContext = unknown> extends HookMap {
  /** The agent has become active: at the start of a run and after a handoff to it. */
  agent_start: [
    context: RunContext<TContext>,
    agent: AnyAgent,
    turnInput: readonly AgentInputItem[],
  ];
  /** A request is about to be sent. */
  llm_start: [context: RunContext<TContext>, agent: AnyAgent, request: ModelRequest];
  /** A response has come. */
  llm_end: [context: RunContext<TContext>, agent: AnyAgent, response: ModelResponse];
  /** A tool is about to start. */
  agent_tool_start: [
    context: RunContext<TContext>,
    tool: Tool<never>,
    details: { readonly toolCall: ToolCallItem },
  ];
  /** A tool has ended; `result` is the text the model is shown. */
  agent_tool_end: [
    context: RunContext<TContext>,
    tool: Tool<never>,
    result: string,
    details: { readonly toolCall: ToolCallItem },
  ];
  /** The run is handed over: called on the agent that hands over and on the one that takes over. */
  agent_handoff: [context: RunContext<TContext>, fromAgent: AnyAgent, toAgent: AnyAgent];
  /** The agent has given the final output and its output guardrails have passed. */
  agent_end: [context: RunContext<TContext>, output: string];
}

/** Hooks of all runs of a `Runner`, in the order they are called; each names the agent. */
export interface RunHookEvents<TContext = unknown> extends HookMap {
  agent_start: AgentHookEvents<TContext>['agent_start'];
  llm_start: AgentHookEvents<TContext>['llm_start'];
  llm_end: AgentHookEvents<TContext>['llm_end'];
  agent_tool_start: [
    context: RunContext<TContext>,
    agent: AnyAgent,
    tool: Tool<never>,
    details: { readonly toolCall: ToolCallItem },
  ];
  agent_tool_end: [
    context: RunContext<TContext>,
    agent: AnyAgent,
    tool: Tool<never>,
    result: string,
    details: { readonly toolCall: ToolCallItem },
  ];
  agent_handoff: AgentHookEvents<TContext>['agent_handoff'];
  agent_end: [context: RunContext<TContext>, agent: AnyAgent, output: string];
}
