import { functionCall, type OpenAIServerOptions, type Reply } from '@baton/testing';
import * as z from 'zod';
import type { CommonSdk } from './differential.js';

/** What one program does with either SDK, and what the server says to it. */
export type Program<TSdk> = readonly [(sdk: TSdk) => Promise<unknown>, OpenAIServerOptions];

/** A tool that any program may have. */
export function weather({ tool }: Pick<CommonSdk, 'tool'>): object {
  return tool({
    name: 'get_weather',
    description: 'Tells the weather.',
    parameters: z.object({ city: z.string().describe('Where'), days: z.number().optional() }),
    execute: () => 'Sunny',
  });
}

/** Two calls of it, then an answer. */
export const calls: readonly Reply[] = [
  [functionCall('get_weather', { city: 'Rome' }), functionCall('get_weather', { city: 'Ostia' })],
  'Sunny in both.',
];

/** Programs that do not care which API they run on. */
export const commonPrograms: Readonly<Record<string, Program<CommonSdk>>> = {
  'one answer': [
    async (sdk) => {
      const agent = new sdk.Agent({ name: 'A', instructions: 'Be brief.', model: sdk.model() });
      await sdk.run(agent, 'Hello');
    },
    { script: ['Hello.'] },
  ],
  'an answer that is streamed': [
    async (sdk) => {
      const agent = new sdk.Agent({ name: 'A', model: sdk.model() });
      await sdk.run(agent, [{ role: 'user', content: 'Hello' }], { stream: true });
    },
    { script: ['Hello.'] },
  ],
  'two parallel tool calls with the same output': [
    async (sdk) => {
      const agent = new sdk.Agent({ name: 'A', model: sdk.model(), tools: [weather(sdk)] });
      await sdk.run(agent, 'Weather?');
    },
    { script: calls },
  ],
  'a handoff, and one that is ignored': [
    async (sdk) => {
      const refunds = new sdk.Agent({
        name: 'Refund Agent',
        instructions: 'Refund.',
        handoffDescription: 'Pays back.',
        model: sdk.model(),
      });
      const billing = new sdk.Agent({ name: 'Billing', model: sdk.model() });
      const triage = new sdk.Agent({
        name: 'Triage',
        model: sdk.model(),
        handoffs: [refunds, billing],
      });
      await sdk.run(triage, 'My money, please.');
    },
    {
      reply: ({ index, body }) =>
        index === 0 ? namesOfTools(body).map((name) => functionCall(name)) : 'Here it is.',
    },
  ],
  'an output type': [
    async (sdk) => {
      const outputType = z.object({
        city: z.string(),
        tags: z.array(z.string()),
        mood: z.enum(['good', 'bad']).nullable(),
      });
      const agent = new sdk.Agent({
        name: 'A',
        model: sdk.model(),
        outputType,
        modelSettings: { text: { verbosity: 'low' } },
      });
      await sdk.run(agent, 'Where?');
    },
    { script: [JSON.stringify({ city: 'Rome', tags: [], mood: null })] },
  ],
  'a tool that is approved, and one that is rejected': [
    async (sdk) => {
      const pay = sdk.tool({
        name: 'pay',
        description: 'Pays.',
        parameters: z.object({ amount: z.number() }),
        needsApproval: true,
        execute: () => 'Paid',
      });
      const agent = new sdk.Agent({ name: 'A', model: sdk.model(), tools: [pay] });
      const first = await sdk.run(agent, 'Pay twice.');
      const [yes, no] = first.interruptions;
      if (yes === undefined || no === undefined) throw new Error('no interruptions');
      first.state.approve(yes);
      first.state.reject(no);
      await sdk.run(agent, first.state);
    },
    { script: [[functionCall('pay', { amount: 1 }), functionCall('pay', { amount: 2 })], 'Done.'] },
  ],
  'an agent as a tool': [
    async (sdk) => {
      const helper = new sdk.Agent({ name: 'Helper', instructions: 'Help.', model: sdk.model() });
      const ask = helper.asTool({ toolName: 'ask_helper', toolDescription: 'Asks.' });
      const agent = new sdk.Agent({ name: 'A', model: sdk.model(), tools: [ask] });
      await sdk.run(agent, 'Hello');
    },
    { script: [functionCall('ask_helper', { input: 'Help me' }), 'Helped.', 'Done.'] },
  ],
  'a history that was made by hand': [
    async (sdk) => {
      const agent = new sdk.Agent({ name: 'A', model: sdk.model() });
      await sdk.run(agent, [
        { role: 'system', content: 'Be kind.' },
        { role: 'user', content: 'Hello' },
        {
          role: 'assistant',
          status: 'completed',
          content: [{ type: 'output_text', text: 'Hello.' }],
        },
        { role: 'user', content: [{ type: 'input_text', text: 'And?' }] },
      ]);
    },
    { script: ['Hello.'] },
  ],
  'a tool that fails': [
    async (sdk) => {
      const broken = sdk.tool({
        name: 'broken',
        description: 'Fails.',
        parameters: z.object({}),
        execute: () => {
          throw new Error('No luck');
        },
      });
      const agent = new sdk.Agent({ name: 'A', model: sdk.model(), tools: [broken] });
      await sdk.run(agent, 'Try.', { stream: true });
    },
    { script: [functionCall('broken', {}), 'It failed.'] },
  ],
  'the default model, where nothing is set [P5]': [
    (sdk) => sdk.runByName(new sdk.Agent({ name: 'A' }), 'Hello'),
    { script: ['Hello.'] },
  ],
  'the default model, where the agent has settings of its own': [
    (sdk) =>
      sdk.runByName(
        new sdk.Agent({ name: 'A', modelSettings: { reasoning: { effort: 'high' } } }),
        'Hello',
      ),
    { script: ['Hello.'] },
  ],
};

/** In both APIs. */
function namesOfTools({ tools }: { readonly tools?: unknown }): readonly string[] {
  const all = (tools ?? []) as readonly {
    readonly name?: string;
    readonly function?: { readonly name: string };
  }[];
  return all.map((tool) => tool.function?.name ?? tool.name ?? '');
}
