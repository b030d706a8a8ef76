import type { JsonObject } from '../../../testing/src/json.js';
import type { ModelOf } from './world-model.js';
import type { CallPlan, TurnPlan } from './world-plan.js';

type WireItem = JsonObject & { readonly id: string; readonly type: string };

/** What a tool is told to do. */
export type ToolInput = Pick<CallPlan, 'does' | 'latency' | 'deaf'>;

/** What the model says in this turn, as OpenAI puts it on the wire. */
export function writeOutput(id: string, turn: TurnPlan, of: ModelOf): WireItem[] {
  const output: WireItem[] = turn.before.map((what) => writeBefore(id, what));
  turn.calls.forEach((call, index) => {
    output.push(writeCall(`${id}_${index}`, { call, callId: callId(id, index, call.sameId), of }));
  });
  turn.handoffs.forEach((target, index) => {
    const name = of.handoffNames[target % of.handoffNames.length];
    if (name === undefined) return;
    const at = turn.calls.length + index;
    output.push(functionCall(`${id}_${at}`, { call_id: callId(id, at, false), name, arguments: '{}' }));
  });
  if (!output.some((item) => 'call_id' in item)) output.push(...writeAnswer(id, turn));
  return output;
}

function writeBefore(id: string, what: TurnPlan['before'][number]): WireItem {
  switch (what) {
    case 'reasoning':
      return {
        type: 'reasoning',
        id: `rs_${id}`,
        summary: [{ type: 'summary_text', text: 'Hm.' }],
        encrypted_content: `thoughts of ${id}`,
      };
    case 'search':
      return { type: 'web_search_call', id: `ws_${id}`, status: 'completed', action: { type: 'search', query: id } };
    case 'text':
      return message(`msg_${id}_before`, `Let me see, ${id}.`);
    default:
      return what satisfies never;
  }
}

function writeAnswer(id: string, { answer }: TurnPlan): WireItem[] {
  switch (answer) {
    case 'text':
      return [message(`msg_${id}`, `Answer ${id}`)];
    case 'json':
      return [message(`msg_${id}`, JSON.stringify({ answer: id }))];
    case 'refusal':
      return [
        {
          type: 'message',
          id: `msg_${id}`,
          role: 'assistant',
          status: 'completed',
          content: [{ type: 'refusal', refusal: `No, says ${id}.` }],
        },
      ];
    case 'empty':
      return [message(`msg_${id}`, '')];
    case 'nothing':
      return [];
    default:
      return answer satisfies never;
  }
}

function message(id: string, text: string): WireItem {
  return {
    type: 'message',
    id,
    role: 'assistant',
    status: 'completed',
    content: [{ type: 'output_text', text, annotations: [], logprobs: [] }],
  };
}

function functionCall(id: string, fields: JsonObject): WireItem {
  return { type: 'function_call', id: `fc_${id}`, ...fields, status: 'completed' };
}

/** Some providers use an id again in another turn. */
function callId(id: string, index: number, same: boolean): string {
  return same ? `call_again_${index}` : `call_${id}_${index}`;
}

function writeCall(
  id: string,
  { call, callId, of }: { readonly call: CallPlan; readonly callId: string; readonly of: ModelOf },
): WireItem {
  const { does, latency, deaf, broken } = call;
  const input: ToolInput = { does, latency, deaf };
  const name = broken === 'name' ? 'no_such_tool' : (of.toolNames[call.tool % of.toolNames.length] ?? '');
  if (name === 'shell') {
    return {
      type: 'shell_call',
      id: `sh_${id}`,
      call_id: callId,
      action: { commands: [id, JSON.stringify(input)], timeout_ms: null, max_output_length: null },
      status: 'completed',
    };
  }
  const args = name.startsWith('helper') ? { input: 'Help me' } : input;
  const text = broken === 'arguments' ? '{"does":' : JSON.stringify(args);
  return functionCall(id, { call_id: callId, name, arguments: text });
}
