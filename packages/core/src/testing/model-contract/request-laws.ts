import type { AgentInputItem } from '../../item/index.js';
import { isToolCall } from '../../item/index.js';
import type { ModelRequest } from '../../model/index.js';
import { expectSame, expectThat } from '../contract/expect-same.js';
import { aConversation, aFullRequest, aRequest, lookUp, result } from './a-request.js';
import { aCall } from './answer-laws.js';
import type { Mode, ModelLab } from './model-lab.js';
import type { ModelLaw } from './model-law.js';
import type { PreparedModel } from './model-test-setup.js';
import type { ProviderReplyItem } from './provider-reply.js';

/** What is asked reaches the provider, once, and nothing else does. */
export const requestLaws: readonly ModelLaw[] = [
  {
    name: 'one call sends one request',
    check: async (lab, mode) => {
      const { model, requests } = await lab.prepare([{}, {}]);
      await lab.ask(model, aRequest(), mode);
      expectThat(requests().length === 1, 'one request', requests());
    },
  },
  {
    name: 'instructions, conversation, tools, handoffs and output type reach the provider',
    check: async (lab, mode) => {
      const { model, requests } = await lab.prepare([{}]);
      await lab.ask(model, aFullRequest(), mode);
      const body = textOfRequest(requests(), 0);
      expectIn(body, ['instructions-marker', 'look_up', 'transfer_marker', 'schema_marker']);
      expectIn(body, ['question-marker', 'arguments-marker', 'call_first_marker']);
    },
  },
  {
    name: 'a conversation reaches the provider whole and in order',
    check: async (lab, mode) => {
      const { model, requests } = await lab.prepare([{}]);
      await lab.ask(model, aRequest({ input: aConversation(), tools: [lookUp] }), mode);
      expectInOrder(textOfRequest(requests(), 0), [
        'question-marker',
        'comment-marker',
        'arguments-marker',
        'output-first-marker',
        'output-second-marker',
        'answer-marker',
        'follow-up-marker',
      ]);
    },
  },
  {
    name: 'a request is left as it was',
    check: async (lab, mode) => {
      const { model } = await lab.prepare([{}, {}]);
      const request = aFullRequest();
      const before: unknown = JSON.parse(JSON.stringify(request));
      await lab.ask(model, request, mode);
      expectSame(JSON.parse(JSON.stringify(request)), before, 'The request after the call');
      await lab.ask(model, frozen(aFullRequest()), mode);
    },
  },
  {
    name: 'a tool output is taken with the call it answers',
    check: async (lab, mode) => {
      const body = await roundTrip(lab, mode, [aCall(1), aCall(2)]);
      expectInOrder(body, ['look_up', 'output-marker-1', 'output-marker-2']);
      if (lab.has('callIds')) expectIn(body, ['call_suite_1', 'call_suite_2']);
    },
  },
  {
    name: 'what the provider wants back with its items goes back',
    needs: ['reasoning', 'providerData'],
    check: async (lab, mode) => {
      const reasoning = { type: 'reasoning', text: 'Hm.', opaque: 'opaque_marker' } as const;
      expectIn(await roundTrip(lab, mode, [reasoning, aCall(1)]), ['opaque_marker']);
    },
  },
  {
    name: 'an item of an unknown type goes back as it came',
    needs: ['unknownItems'],
    check: async (lab, mode) => {
      const unknown = { type: 'unknown', marker: 'unknown_marker' } as const;
      expectIn(await roundTrip(lab, mode, [unknown, aCall(1)]), ['unknown_marker']);
    },
  },
  {
    name: 'what another provider put on an item stays here',
    needs: ['foreignData'],
    check: async (lab, mode) => {
      const { model, requests } = await lab.prepare([{}]);
      await lab.ask(model, aRequest({ input: ofAnotherProvider(), tools: [lookUp] }), mode);
      const body = textOfRequest(requests(), 0);
      expectIn(body, ['question-marker', 'comment-marker', 'output-marker']);
      const at = body.indexOf('foreign');
      const around = `…${body.slice(Math.max(0, at - 60), at + 60)}…`; // a long body would be cut before it
      expectThat(at === -1, 'a request without data or ids of another provider', around);
    },
  },
  {
    name: 'what a model remembers in runMemory changes no request',
    check: async (lab, mode) => {
      const conversation = aConversation();
      const inputs = [
        conversation.slice(0, 1),
        conversation.slice(0, 6),
        conversation,
        conversation.slice(6), // an input filter or a handoff may leave out the beginning
      ];
      const send = async (runMemory: ModelRequest['runMemory']): Promise<readonly unknown[]> => {
        const { model, requests } = await lab.prepare(inputs.map(() => ({})));
        for (const input of inputs) {
          await lab.ask(model, aRequest({ input, tools: [lookUp], runMemory }), mode);
        }
        return requests();
      };
      const remembered = await send(new Map());
      expectSame(remembered, await send(undefined), 'The requests with runMemory beside without');
    },
  },
];

/** What the provider is sent when its own answer goes back, with the tool outputs, as a session kept it. */
async function roundTrip(
  lab: ModelLab,
  mode: Mode,
  output: readonly ProviderReplyItem[],
): Promise<string> {
  const { model, requests } = await lab.prepare([{ output }, {}]);
  const question: AgentInputItem = { type: 'message', role: 'user', content: 'question-marker' };
  const first = await lab.ask(model, aRequest({ input: [question], tools: [lookUp] }), mode);
  const calls = first.output.filter(isToolCall);
  const outputs = calls.map(({ callId }, index) => result(callId, `output-marker-${index + 1}`));
  // Plain data, as the law about JSON has it.
  const input = JSON.parse(
    JSON.stringify([question, ...first.output, ...outputs]),
  ) as AgentInputItem[];
  await lab.ask(model, aRequest({ input, tools: [lookUp] }), mode);
  return textOfRequest(requests(), 1);
}

/** A conversation that was held with somebody else. */
function ofAnotherProvider(): readonly AgentInputItem[] {
  const providerData = { provider: 'somebody-foreign', signature: 'foreign-signature' };
  return [
    { type: 'message', role: 'user', content: 'question-marker' },
    {
      type: 'message',
      id: 'foreign-message',
      role: 'assistant',
      status: 'completed',
      content: [{ type: 'output_text', text: 'comment-marker', providerData }],
      providerData,
    },
    {
      type: 'reasoning',
      id: 'foreign-reasoning',
      content: [{ type: 'input_text', text: 'Hm.' }],
      providerData,
    },
    {
      type: 'function_call',
      id: 'foreign-call',
      callId: 'call_1',
      name: 'look_up',
      arguments: '{"query":"x"}',
      status: 'completed',
      providerData,
    },
    result('call_1', 'output-marker'),
  ];
}

function textOfRequest(requests: ReturnType<PreparedModel['requests']>, index: number): string {
  const request = requests[index];
  expectThat(
    request !== undefined,
    `at least ${index + 1} requests from requests()`,
    requests.length,
  );
  return typeof request === 'string' ? request : JSON.stringify(request);
}

function expectIn(body: string, markers: readonly string[]): void {
  for (const marker of markers) {
    if (!body.includes(marker)) {
      throw new Error(`Expected ${JSON.stringify(marker)} in the request, came ${body}`);
    }
  }
}

function expectInOrder(body: string, markers: readonly string[]): void {
  let from = 0;
  for (const marker of markers) {
    const at = body.indexOf(marker, from);
    if (at === -1) {
      throw new Error(
        `Expected ${JSON.stringify(markers)} in this order in the request; ${JSON.stringify(marker)} is ` +
          `${body.includes(marker) ? 'too early' : 'not there'} in ${body}`,
      );
    }
    from = at;
  }
}

function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const each of Object.values(value)) frozen(each);
  }
  return value;
}
