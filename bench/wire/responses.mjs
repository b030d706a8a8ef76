// The Responses API as the bench's server speaks it.

const USAGE = {
  input_tokens: 120,
  input_tokens_details: { cached_tokens: 0 },
  output_tokens: 20,
  output_tokens_details: { reasoning_tokens: 0 },
  total_tokens: 140,
};

/** Streams are padded by OpenAI, so that their length tells nothing. */
export const OBFUSCATION = 'x7Kd2mQvT0aLpW';

/** The whole answer. */
export function responsesWhole(script) {
  return responseOf(script, { status: 'completed', output: outputOf(script), usage: USAGE });
}

/** The answer as events. */
export function* responsesStream(script) {
  const events = numbered();
  const opened = { response: responseOf(script, { status: 'in_progress', output: [], usage: null }) };
  yield events('response.created', opened);
  yield events('response.in_progress', opened);
  if (script.next.calls === undefined) yield* textEvents(script, events);
  else yield* callEvents(script, events);
  yield events('response.completed', { response: responsesWhole(script) });
}

function* textEvents(script, events) {
  const { turn, next, pieces } = script;
  const place = { item_id: `msg_${turn}`, output_index: 0, content_index: 0 };
  const part = { type: 'output_text', annotations: [], logprobs: [], text: '' };
  const [item] = outputOf(script);
  yield events('response.output_item.added', {
    output_index: 0,
    item: { ...item, status: 'in_progress', content: [] },
  });
  yield events('response.content_part.added', { ...place, part });
  for (const delta of pieces) {
    yield events('response.output_text.delta', {
      ...place,
      delta,
      logprobs: [],
      obfuscation: OBFUSCATION,
    });
  }
  yield events('response.output_text.done', { ...place, text: next.text, logprobs: [] });
  yield events('response.content_part.done', { ...place, part: { ...part, text: next.text } });
  yield events('response.output_item.done', { output_index: 0, item });
}

function* callEvents(script, events) {
  for (const [output_index, item] of outputOf(script).entries()) {
    const place = { item_id: item.id, output_index };
    const half = item.arguments.length >> 1;
    yield events('response.output_item.added', {
      output_index,
      item: { ...item, status: 'in_progress', arguments: '' },
    });
    for (const delta of [item.arguments.slice(0, half), item.arguments.slice(half)]) {
      yield events('response.function_call_arguments.delta', {
        ...place,
        delta,
        obfuscation: OBFUSCATION,
      });
    }
    yield events('response.function_call_arguments.done', {
      ...place,
      name: item.name,
      arguments: item.arguments,
    });
    yield events('response.output_item.done', { output_index, item });
  }
}

function outputOf({ turn, next }) {
  if (next.calls === undefined) {
    const content = [{ type: 'output_text', annotations: [], logprobs: [], text: next.text }];
    return [{ id: `msg_${turn}`, type: 'message', status: 'completed', content, role: 'assistant' }];
  }
  return next.calls.map(({ id, name, args }) => ({
    id: `fc_${id.slice('call_'.length)}`,
    type: 'function_call',
    status: 'completed',
    arguments: args,
    call_id: id,
    name,
  }));
}

function responseOf({ model, turn }, { status, output, usage }) {
  return {
    id: `resp_${turn}`,
    object: 'response',
    created_at: 1_760_000_000,
    status,
    background: false,
    error: null,
    incomplete_details: null,
    instructions: null,
    max_output_tokens: null,
    max_tool_calls: null,
    model,
    output,
    parallel_tool_calls: true,
    previous_response_id: null,
    reasoning: { effort: null, summary: null },
    service_tier: 'default',
    store: true,
    temperature: 1,
    text: { format: { type: 'text' }, verbosity: 'medium' },
    tool_choice: 'auto',
    tools: [],
    top_logprobs: 0,
    top_p: 1,
    truncation: 'disabled',
    usage,
    user: null,
    metadata: {},
  };
}

function numbered() {
  let number = 0;
  return (type, fields) =>
    `event: ${type}\ndata: ${JSON.stringify({ type, sequence_number: number++, ...fields })}\n\n`;
}
