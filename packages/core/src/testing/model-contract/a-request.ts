import type { AgentInputItem } from '../../item/index.js';
import type { ModelRequest, SerializedFunctionTool } from '../../model/index.js';

/** A request that asks for nothing in particular; the run, not the model, decides about trying again. */
export function aRequest(changes: Partial<ModelRequest> = {}): ModelRequest {
  return {
    input: 'What is new?',
    modelSettings: { retry: { maxRetries: 0 } },
    tools: [],
    handoffs: [],
    outputType: 'text',
    ...changes,
  };
}

/** A request with something of everything, so that it can be changed or lost. */
export function aFullRequest(): ModelRequest {
  return aRequest({
    systemInstructions: 'instructions-marker',
    input: aConversation(),
    modelSettings: {
      retry: { maxRetries: 0 },
      temperature: 0.5,
      maxTokens: 200,
      toolChoice: 'auto',
      parallelToolCalls: true,
    },
    tools: [lookUp],
    handoffs: [
      {
        toolName: 'transfer_marker',
        toolDescription: 'Hands off.',
        inputJsonSchema: {
          type: 'object',
          properties: {},
          required: [],
          additionalProperties: false,
        },
        strictJsonSchema: true,
      },
    ],
    outputType: {
      type: 'json_schema',
      name: 'answer',
      strict: true,
      schema: {
        type: 'object',
        properties: { schema_marker: { type: 'string' } },
        required: ['schema_marker'],
        additionalProperties: false,
      },
    },
  });
}

/** A conversation of no provider: two calls at once, answered, and more said after them. */
export function aConversation(): readonly AgentInputItem[] {
  return [
    { type: 'message', role: 'user', content: 'question-marker' },
    {
      type: 'message',
      role: 'assistant',
      status: 'completed',
      content: [{ type: 'output_text', text: 'comment-marker' }],
    },
    call('call_first_marker', '{"query":"arguments-marker"}'),
    call('call_second_marker', '{"query":"other"}'),
    result('call_first_marker', 'output-first-marker'),
    result('call_second_marker', 'output-second-marker'),
    {
      type: 'message',
      role: 'assistant',
      status: 'completed',
      content: [{ type: 'output_text', text: 'answer-marker' }],
    },
    {
      type: 'message',
      role: 'user',
      content: [{ type: 'input_text', text: 'follow-up-marker' }],
    },
  ];
}

/** The tool that the calls of the suite are for. */
export const lookUp: SerializedFunctionTool = {
  type: 'function',
  name: 'look_up',
  description: 'Looks something up.',
  parameters: {
    type: 'object',
    properties: { query: { type: 'string' } },
    required: ['query'],
    additionalProperties: false,
  },
  strict: true,
};

/** The answer to a call of that tool. */
export function result(callId: string, output: string): AgentInputItem {
  return { type: 'function_call_result', callId, name: 'look_up', status: 'completed', output };
}

function call(callId: string, args: string): AgentInputItem {
  return { type: 'function_call', callId, name: 'look_up', arguments: args, status: 'completed' };
}
