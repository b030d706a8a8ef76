import { Agent, MemorySession, Runner, tool } from '@baton/core';
import type { Model, ModelRequest, ModelResponse, RunContext } from '@baton/core';
import { functionCall, streamResponse } from '@baton/core/testing';
import { Usage, assistant } from '@baton/core';
import { expect, it } from 'vitest';

interface User {
  readonly name: string;
  readonly seen: string[];
}

/** Asks for the tool, then says what it gave; keeps nothing of one run for another. */
const model: Model = {
  async getResponse(request: ModelRequest): Promise<ModelResponse> {
    for (let i = 0; i < Math.random() * 20; i++) await Promise.resolve();
    const last = typeof request.input === 'string' ? undefined : request.input.at(-1);
    const output = last?.type === 'function_call_result' ? [assistant(String(last.output))] : [functionCall('who')];
    return { output, usage: new Usage({ requests: 1, inputTokens: 1, outputTokens: 1 }) };
  },
  async *getStreamedResponse(request) {
    yield* streamResponse(await model.getResponse(request));
  },
};

it('1,000 runs at once, of one agent and one runner, do not mix contexts, usage, sessions or hooks [CX-1]', async () => {
  const who = tool({
    name: 'who',
    execute: async (_input, { context }: RunContext<User>) => {
      for (let i = 0; i < Math.random() * 20; i++) await Promise.resolve();
      context.seen.push(`tool ${context.name}`);
      return context.name;
    },
  });
  const agent = new Agent<User>({
    name: 'A',
    model,
    instructions: ({ context }) => `You serve ${context.name}`,
    tools: [who],
  });
  agent.on('agent_end', ({ context }, output) => void context.seen.push(`end ${output}`));
  const runner = new Runner();
  await Promise.all(
    Array.from({ length: 1000 }, async (_each, index) => {
      const context: User = { name: `user ${index}`, seen: [] };
      const session = new MemorySession();
      const streamed = index % 2 === 0;
      const result = streamed
        ? await runner.run(agent, `I am ${context.name}`, { context, session, stream: true })
        : await runner.run(agent, `I am ${context.name}`, { context, session });
      if ('completed' in result) await result.completed;
      expect(result.finalOutput).toBe(context.name);
      expect(context.seen).toEqual([`tool ${context.name}`, `end ${context.name}`]);
      expect(result.usage.requests).toBe(2);
      expect(result.state.usage.requests).toBe(2);
      expect(await session.getItems()).toEqual(result.history);
      expect(result.history[0]).toMatchObject({ content: `I am ${context.name}` });
    }),
  );
});
