import { Agent, run, tool } from '@baton/core';
import type { AgentInputItem, Model, ModelRequest, ToolCallOutputContent } from '@baton/core';
import { aRequest, collect, responseOf } from '@baton/openai-shared/test-support';
import { functionCall } from '@baton/testing';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  itemsToMessages,
  type ItemsToMessagesOptions,
  OpenAIChatCompletionsProvider,
} from '../src/index.js';
import { keeper } from './support/keeper.js';
import { modelOf, withServer } from './support/with-server.js';

const TEXT = { type: 'input_text', text: 'visible text' } as const;
const IMAGE = { type: 'input_image', image: 'https://example.com/image.png' } as const;
const PLACEHOLDER = '[tool output omitted]';

describe.each([false, true])('what only the Responses API can do, streamed: %s', (stream) => {
  const call = async (model: Model, request: Partial<ModelRequest>) =>
    stream
      ? responseOf(await collect(model, aRequest(request)))
      : model.getResponse(aRequest(request));

  it('a prompt is refused in strict mode, and ignored otherwise with one warning per model [CHT-02, D4]', async () => {
    const server = await withServer({ reply: () => 'ok' });
    const prompt = { promptId: 'pmpt_1' };
    const strict = modelOf(server, 'gpt-4.1', { strictFeatureValidation: true });
    await expect(call(strict, { prompt })).rejects.toThrow(
      'Reusable prompts are only supported by the Responses API. OpenAIChatCompletionsModel does not support `prompt`; use a Responses model instead.',
    );
    expect(server.requests).toEqual([]);
    const logger = keeper();
    const provider = new OpenAIChatCompletionsProvider({
      apiKey: 'sk-test',
      baseURL: server.url,
      logger,
    });
    const response = await call(provider.getModel('gpt-4.1'), { prompt });
    await call(provider.getModel('gpt-4.1'), { prompt });
    expect(logger.warnings).toEqual([
      expect.stringContaining(
        'Ignoring `prompt`; enable strict feature validation to raise an error instead.',
      ),
    ]);
    expect(response.warnings).toMatchObject([{ code: 'prompt' }]);
  });

  it('reasoning settings are refused in strict mode; otherwise the effort alone is sent [JS-120]', async () => {
    const server = await withServer({ reply: () => 'ok' });
    const modelSettings = {
      reasoning: { effort: 'low', mode: 'pro', context: 'all_turns' },
    } as const;
    const strict = modelOf(server, 'gpt-5.4', { strictFeatureValidation: true });
    await expect(call(strict, { modelSettings })).rejects.toThrow(
      'OpenAIChatCompletionsModel does not support reasoning.mode, reasoning.context.',
    );
    const logger = keeper();
    await call(modelOf(server, 'gpt-5.4', { logger }), { modelSettings });
    expect(server.requests[0]?.body).toMatchObject({ reasoning_effort: 'low' });
    expect(logger.warnings).toHaveLength(1);
  });

  it('a model made anew, for another agent or turn, says nothing again in the same run [D4]', async () => {
    const picture = tool({
      name: 'picture',
      description: 'A picture.',
      parameters: z.object({}),
      execute: () => ({ type: 'image', image: IMAGE.image }) as const,
    });
    const server = await withServer({
      script: [
        functionCall('picture', {}),
        functionCall('transfer_to_b', {}),
        functionCall('transfer_to_a', {}),
        'Done.',
      ],
    });
    const logger = keeper();
    const options = { logger, modelProvider: { getModel: () => modelOf(server) } };
    const prompt = { promptId: 'pmpt_1' };
    const a: Agent = new Agent({ name: 'A', prompt, tools: [picture], handoffs: [() => b] });
    const b: Agent = new Agent({ name: 'B', prompt, handoffs: [() => a] });
    const result = stream
      ? await run(a, 'Go', { ...options, stream: true })
      : await run(a, 'Go', options);
    if ('completed' in result) await result.completed;
    expect(result.finalOutput).toBe('Done.');
    expect(logger.warnings).toEqual([
      expect.stringContaining('`prompt`'),
      expect.stringContaining('placeholder'),
    ]);
  });
});

describe('a part of a tool output that cannot be sent', () => {
  function converted(
    output: readonly ToolCallOutputContent[],
    options: ItemsToMessagesOptions = {},
  ) {
    const logger = keeper();
    const items: AgentInputItem[] = [
      { type: 'function_call', callId: 'c1', name: 'look', arguments: '{}' },
      { type: 'function_call_result', callId: 'c1', name: 'look', output },
    ];
    const [, message] = itemsToMessages(items, { logger, ...options });
    return { content: message?.['content'], warnings: logger.warnings };
  }

  it('is named by its kind in the warning, and in the refusal of strict mode [D5]', () => {
    const file = { type: 'input_file', file: 'data:text/plain;base64,QQ==' } as const;
    expect(converted([TEXT, IMAGE, file, IMAGE]).warnings).toEqual([
      expect.stringContaining('(image, file)'),
    ]);
    expect(() => converted([TEXT, IMAGE], { strictFeatureValidation: true })).toThrow(
      'would be lost (image)',
    );
  });

  it.each([
    [{ type: 'input_image', image: { id: 'file_1' } }],
    [{ type: 'input_file', file: { url: 'https://example.com/a.pdf' } }],
    [{ type: 'video', url: 'https://example.com/a.mp4' } as never],
  ] as const)('ends no run, whatever it is: %j [D7]', (part) => {
    for (const preserveToolOutputAllContent of [false, true]) {
      const alone = converted([part], { preserveToolOutputAllContent });
      expect(alone.content).toBe(PLACEHOLDER);
      expect(alone.warnings).toHaveLength(1);
      const beside = converted([part, TEXT], { preserveToolOutputAllContent });
      expect(beside.content).toEqual([{ type: 'text', text: 'visible text' }]);
    }
  });

  it('is the same whether the output is empty by itself or has become so [D6]', () => {
    const preserved = { preserveToolOutputAllContent: true };
    expect(converted([], preserved).content).toBe(PLACEHOLDER);
    expect(converted([{ type: 'input_text', text: '' }]).content).toEqual([
      { type: 'text', text: '' },
    ]);
  });

  it('is warned of at each occurrence, and once for each item of a run [D4]', async () => {
    const server = await withServer({ reply: () => 'ok' });
    const logger = keeper();
    const model = modelOf(server, 'gpt-4.1', { logger });
    const input: AgentInputItem[] = ['c1', 'c2'].flatMap((callId) => [
      { type: 'function_call', callId, name: 'look', arguments: '{}' },
      { type: 'function_call_result', callId, name: 'look', output: [IMAGE] },
    ]);
    const runMemory = new Map();
    await model.getResponse(aRequest({ input, runMemory }));
    await model.getResponse(aRequest({ input: [...input], runMemory }));
    await model.getResponse(aRequest({ input: input.slice(2), runMemory }));
    expect(logger.warnings).toHaveLength(2);
  });
});
