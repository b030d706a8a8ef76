import { acceptedContent, inputRequired, McpServer } from '@modelcontextprotocol/server';
import { Agent, run } from '@baton/core';
import { functionCall, ScriptedModel } from '@baton/core/testing';
import * as z from 'zod';
import { afterEach, describe, expect, it } from 'vitest';
import type { MCPServerStreamableHttpOptions } from '../src/index.js';
import { MCPServerStreamableHttp } from '../src/index.js';
import { startOwnServer } from './support/own-server.js';
import type { OwnServer } from './support/own-server.js';

const closing: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

async function own(register: (server: McpServer) => void): Promise<OwnServer> {
  const server = await startOwnServer(() => {
    const made = new McpServer({ name: 'own', version: '2' }, { capabilities: { tools: { listChanged: true } } });
    register(made);
    return made;
  });
  closing.push(() => server.stop());
  return server;
}

async function connected({ url }: OwnServer, options: Partial<MCPServerStreamableHttpOptions> = {}): Promise<MCPServerStreamableHttp> {
  const server = new MCPServerStreamableHttp({ url, ...options });
  closing.push(() => server.close());
  await server.connect();
  return server;
}

const confirmation = z.object({ confirm: z.boolean() });

const deploy = (server: McpServer): void => {
  server.registerTool('deploy', { inputSchema: z.object({ env: z.string() }) }, async ({ env }, { mcpReq }) => {
    const answer = acceptedContent(mcpReq.inputResponses, 'confirm', confirmation);
    if (answer === undefined) {
      const ask = inputRequired.elicit({ message: `Deploy to ${env}?`, requestedSchema: confirmation });
      return inputRequired({ inputRequests: { confirm: ask } });
    }
    return { content: [{ type: 'text', text: answer.confirm ? `deployed to ${env}` : 'left alone' }] };
  });
};

describe('a server of the revision of 2026-07-28', () => {
  it('is spoken to in that revision, and its tools are tools like any other', async () => {
    const server = await connected(
      await own((made) => {
        made.registerTool(
          'add',
          { inputSchema: z.object({ a: z.number(), b: z.number() }), outputSchema: z.object({ sum: z.number() }) },
          async ({ a, b }) => ({ content: [{ type: 'text', text: String(a + b) }], structuredContent: { sum: a + b } }),
        );
      }),
      { useStructuredContent: true },
    );
    expect(server.serverInfo).toMatchObject({ name: 'own', protocolVersion: '2026-07-28' });
    const model = new ScriptedModel([functionCall('add', { a: 20, b: 22 }), 'end']);
    await run(new Agent({ name: 'A', model, mcpServers: [server] }), 'Go');
    expect(JSON.stringify(model.calls[1]?.input)).toContain('{\\"sum\\":42}');
  });

  it('asks the app in the middle of a call, and the call goes on with the answer', async () => {
    const asked: unknown[] = [];
    const server = await connected(await own(deploy), {
      handlers: {
        elicitation: (params) => {
          asked.push(params['message']);
          return { action: 'accept', content: { confirm: true } };
        },
      },
    });
    expect(await server.callTool('deploy', { env: 'prod' })).toMatchObject([{ text: 'deployed to prod' }]);
    expect(asked).toEqual(['Deploy to prod?']);
  });

  it('that asks an app which answers nothing gets no answer: the call fails', async () => {
    const server = await connected(await own(deploy));
    await expect(server.callTool('deploy', { env: 'prod' })).rejects.toThrow(/elicitation/i);
  });

  it('says that its tools have changed, and a kept list is listed anew', async () => {
    const names = ['one'];
    const running = await own((made) => {
      for (const name of names) made.registerTool(name, {}, async () => ({ content: [] }));
    });
    const server = await connected(running, { cacheToolsList: true });
    expect(await server.listTools()).toHaveLength(1);
    names.push('two');
    expect(await server.listTools()).toHaveLength(1);
    running.handler.notify.toolsChanged();
    while ((await server.listTools()).length < 2) await new Promise((resolve) => setTimeout(resolve, 10));
  });

  it('may have changed while nobody heard it: a kept list is dropped, and changes are heard again', async () => {
    const names = ['one'];
    let listings = 0;
    const running = await own((made) => {
      for (const name of names) made.registerTool(name, {}, async () => ({ content: [] }));
    });
    const server = await connected(running, {
      cacheToolsList: true,
      fetch: (url, init) => {
        if (String(init?.body).includes('tools/list')) listings++;
        return fetch(url, init);
      },
    });
    expect(await server.listTools()).toHaveLength(1);
    names.push('two');
    running.cut();
    while ((await server.listTools()).length < 2) await new Promise((resolve) => setTimeout(resolve, 10));
    names.push('three');
    running.handler.notify.toolsChanged();
    while ((await server.listTools()).length < 3) await new Promise((resolve) => setTimeout(resolve, 10));
    const before = listings;
    await server.listTools();
    expect(listings).toBe(before);
  });

  it('may be held to the revision before, or to this one alone', async () => {
    const running = await own(deploy);
    expect((await connected(running, { protocol: 'legacy' })).serverInfo.protocolVersion).toBe('2025-11-25');
    expect((await connected(running, { protocol: { pin: '2026-07-28' } })).serverInfo.protocolVersion).toBe('2026-07-28');
    expect(await (await connected(running, { protocol: 'legacy' })).listTools()).toHaveLength(1);
  });

  it('gives progress, and is told of a call that is cancelled', async () => {
    const ended = new AbortController();
    const server = await connected(
      await own((made) => {
        made.registerTool('work', {}, async ({ mcpReq }) => {
          const { progressToken } = mcpReq._meta ?? {};
          if (progressToken !== undefined) {
            await mcpReq.notify({ method: 'notifications/progress', params: { progressToken, progress: 1, total: 2 } });
          }
          await new Promise<void>((resolve) => mcpReq.signal.addEventListener('abort', () => resolve()));
          ended.abort();
          return { content: [] };
        });
      }),
    );
    const cancel = new AbortController();
    const seen: unknown[] = [];
    const call = server.callTool('work', {}, null, {
      signal: cancel.signal,
      onProgress: (progress) => {
        seen.push(progress);
        cancel.abort(new Error('enough'));
      },
    });
    await expect(call).rejects.toThrow('enough');
    expect(seen).toEqual([{ progress: 1, total: 2 }]);
    while (!ended.signal.aborted) await new Promise((resolve) => setTimeout(resolve, 10));
  });
});
