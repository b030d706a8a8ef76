import { Agent, tool } from '@baton/core';
import { functionCall, ScriptedModel } from '@baton/core/testing';

/** An agent that calls a tool, hands over, and ends with an answer; all that can be secret is a parameter. */
export function shop({
  output = 'Acted well',
  answer = 'Done',
}: { readonly output?: string; readonly answer?: string } = {}): Agent {
  const closer = new Agent({
    name: 'Closer',
    model: new ScriptedModel([answer]),
    outputGuardrails: [{ name: 'tone', execute: () => ({ tripwireTriggered: false }) }],
  });
  return new Agent({
    name: 'Opener',
    instructions: 'Be kind',
    model: new ScriptedModel([functionCall('act', {}), functionCall('transfer_to_closer')]),
    tools: [tool({ name: 'act', execute: () => output })],
    handoffs: [closer],
    inputGuardrails: [{ name: 'topic', runInParallel: false, execute: () => ({ tripwireTriggered: false }) }],
  });
}
