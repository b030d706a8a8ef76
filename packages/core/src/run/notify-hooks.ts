import type { RunHookEvents } from '../agent/index.js';
import type { RunContext } from '../context/index.js';
import { orAbort } from '../internal/abort-scope.js';
import type { HookEmitter } from '../internal/hook-emitter.js';
import type { RunEvent } from './run-events.js';

/** Whose hooks are told, and until when they are waited for. */
export interface HookListeners {
  readonly hooks: HookEmitter<RunHookEvents>;
  readonly runContext: RunContext<never>;
  readonly signal: AbortSignal | undefined;
}

/**
 * Calls the run's hooks, then the agent's, each awaited until the run is cancelled; nothing to await where
 * nobody listens. With the answer there, a cancellation only ends the wait.
 */
export function notifyHooks({ hooks, runContext, signal }: HookListeners, event: RunEvent): void | Promise<void> {
  const told = callHooks(hooks, runContext, event);
  if (told === undefined) return undefined;
  const waited = orAbort(told, signal);
  if (event.type !== 'agent_end' || signal === undefined) return waited;
  return waited.catch((error: unknown) => {
    if (!signal.aborted) throw error;
  });
}

function callHooks(
  hooks: HookEmitter<RunHookEvents>,
  runContext: RunContext<never>,
  event: RunEvent,
): void | Promise<void> {
  switch (event.type) {
    case 'agent_start': {
      const { agent, turnInput } = event;
      return inOrder(
        hooks.emit('agent_start', runContext, agent, turnInput),
        () => agent.emit('agent_start', runContext, agent, turnInput),
      );
    }
    case 'llm_start': {
      const { agent, request } = event;
      return inOrder(
        hooks.emit('llm_start', runContext, agent, request),
        () => agent.emit('llm_start', runContext, agent, request),
      );
    }
    case 'llm_end': {
      const { agent, response } = event;
      return inOrder(
        hooks.emit('llm_end', runContext, agent, response),
        () => agent.emit('llm_end', runContext, agent, response),
      );
    }
    case 'agent_tool_start': {
      const { agent, tool, toolCall } = event;
      return inOrder(
        hooks.emit('agent_tool_start', runContext, agent, tool, { toolCall }),
        () => agent.emit('agent_tool_start', runContext, tool, { toolCall }),
      );
    }
    case 'agent_tool_end': {
      const { agent, tool, toolCall, result } = event;
      return inOrder(
        hooks.emit('agent_tool_end', runContext, agent, tool, result, { toolCall }),
        () => agent.emit('agent_tool_end', runContext, tool, result, { toolCall }),
      );
    }
    case 'agent_handoff': {
      const { fromAgent, toAgent } = event;
      return inOrder(
        inOrder(
          hooks.emit('agent_handoff', runContext, fromAgent, toAgent),
          () => fromAgent.emit('agent_handoff', runContext, fromAgent, toAgent),
        ),
        () => toAgent.emit('agent_handoff', runContext, fromAgent, toAgent),
      );
    }
    case 'agent_end': {
      const { agent, output } = event;
      return inOrder(
        hooks.emit('agent_end', runContext, agent, output),
        () => agent.emit('agent_end', runContext, output),
      );
    }
    case 'raw_model_stream_event':
    case 'run_item_stream_event':
    case 'agent_updated_stream_event':
    case 'tool_progress':
    case 'nested_stream_event':
      return undefined;
    default:
      return event satisfies never;
  }
}

function inOrder(
  first: void | Promise<void>,
  second: () => void | Promise<void>,
): void | Promise<void> {
  return first === undefined ? second() : first.then(second);
}
