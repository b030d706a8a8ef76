import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Agent, run } from '@baton/core';
import { functionCall, ScriptedModel } from '@baton/core/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MCPServerWithResources } from '../src/index.js';
import { MCPServerSSE, MCPServerStdio, MCPServerStreamableHttp } from '../src/index.js';
import { everythingOverStdio, serverFile, startEverything } from './support/reference-servers.js';
import type { RunningServer } from './support/reference-servers.js';

interface Reached {
  readonly server: MCPServerWithResources;
  /** Ends the server, as a crash does. */
  kill(): void;
}

const kinds = {
  stdio: async (): Promise<Reached> => {
    const server = new MCPServerStdio(everythingOverStdio);
    return { server, kill: () => process.kill(server.pid ?? 0, 'SIGKILL') };
  },
  'streamable HTTP': async (): Promise<Reached> => {
    const { url, child } = await started('streamableHttp');
    return { server: new MCPServerStreamableHttp({ url }), kill: () => child.kill('SIGKILL') };
  },
  SSE: async (): Promise<Reached> => {
    const { url, child } = await started('sse');
    return { server: new MCPServerSSE({ url }), kill: () => child.kill('SIGKILL') };
  },
};

const processes: RunningServer[] = [];

async function started(kind: 'streamableHttp' | 'sse'): Promise<RunningServer> {
  const running = await startEverything(kind);
  processes.push(running);
  return running;
}

afterAll(async () => {
  await Promise.all(processes.map((running) => running.stop()));
});

describe.each(Object.entries(kinds))('the everything server over %s', (_kind, reach) => {
  let reached: Reached;
  let server: MCPServerWithResources;

  beforeAll(async () => {
    reached = await reach();
    ({ server } = reached);
    await server.connect();
  });

  afterAll(async () => {
    await server.close();
  });

  it('is connected, and has tools, resources and prompts [MCP-1] [MCP-2] [MCP-3] [MCP-15]', async () => {
    const tools = (await server.listTools()).map(({ name }) => name);
    expect(tools).toEqual(expect.arrayContaining(['echo', 'get-sum', 'get-tiny-image']));
    const { resources } = await server.listResources();
    expect(resources.length).toBeGreaterThan(0);
    const { contents } = await server.readResource(resources[0]?.uri ?? '');
    expect(contents).toHaveLength(1);
    expect((await server.listResourceTemplates()).resourceTemplates.length).toBeGreaterThan(0);
    const { prompts } = await server.listPrompts();
    expect(prompts.map(({ name }) => name)).toContain('args-prompt');
    const { messages } = await server.getPrompt('args-prompt', { city: 'Rome' });
    expect(JSON.stringify(messages)).toContain('Rome');
  });

  it('runs tools for an agent, with progress, images and structured content', async () => {
    const model = new ScriptedModel([
      [
        functionCall('get-sum', { a: 20, b: 22 }),
        functionCall('get-tiny-image'),
        functionCall('trigger-long-running-operation', { duration: 0.3, steps: 3 }),
      ],
      'done',
    ]);
    const agent = new Agent({ name: 'A', model, mcpServers: [server] });
    const result = await run(agent, 'Go', { stream: true });
    const progress: unknown[] = [];
    for await (const event of result) if (event.type === 'tool_progress') progress.push(event.progress);
    expect(progress[0]).toEqual({ progress: 1, total: 3 });
    const [sum, picture, operation] = (model.calls[1]?.input ?? [])
      .filter((item) => item.type === 'function_call_result')
      .map(({ output }) => output);
    expect(sum).toContain('42');
    expect(JSON.stringify(picture)).toContain('"input_image","image":"data:image/png;base64,');
    expect(operation).toContain('completed');
    const structured = await server.callToolResult('get-structured-content', { location: 'New York' });
    expect(structured.structuredContent).toMatchObject({ temperature: expect.any(Number) });
  });

  it('says of a tool that failed that it failed, in its own words', async () => {
    expect(await server.callToolResult('get-sum', { a: 'x', b: 1 })).toMatchObject({ isError: true });
  });

  it('is told of a call that is cancelled, and goes on with others [JS-127]', async () => {
    const cancel = new AbortController();
    const call = server.callToolResult('trigger-long-running-operation', { duration: 600, steps: 600 }, null, {
      signal: cancel.signal,
      onProgress: () => cancel.abort(new Error('enough')),
    });
    await expect(call).rejects.toThrow('enough');
    expect(await server.callTool('echo', { message: 'hi' })).toMatchObject([{ text: 'Echo: hi' }]);
  });

  it('ends a run that is cancelled with the cancellation, not with a tool error [MCP-01]', async () => {
    const cancel = new AbortController();
    const model = new ScriptedModel([functionCall('trigger-long-running-operation', { duration: 600, steps: 600 }), 'end']);
    const result = await run(new Agent({ name: 'A', model, mcpServers: [server] }), 'Go', { stream: true, signal: cancel.signal });
    const ended = result.completed.catch((error: unknown) => error);
    for await (const event of result) if (event.type === 'tool_progress') cancel.abort();
    await ended;
    expect(model.calls).toHaveLength(1);
  });

  it('that is killed in the middle of a call gives a tool error, not a hung run [MCP-01] [MCP-02]', async () => {
    const model = new ScriptedModel([
      functionCall('trigger-long-running-operation', { duration: 600, steps: 600 }),
      ({ input }) => JSON.stringify(input.at(-1)),
    ]);
    const result = await run(new Agent({ name: 'A', model, mcpServers: [server] }), 'Go', { stream: true });
    for await (const event of result) if (event.type === 'tool_progress') reached.kill();
    expect(result.finalOutput).toContain('An error occurred while running the tool');
    expect(result.finalOutput).toMatch(/connection/i);
  });
});

describe('the everything server, asking the app', () => {
  it('is answered by what the app has answers for, and is told of nothing else', async () => {
    await using server = new MCPServerStdio({
      ...everythingOverStdio,
      handlers: {
        sampling: (params) => ({
          model: 'the-app',
          role: 'assistant',
          content: { type: 'text', text: `heard ${JSON.stringify(params['messages']).includes('the prompt')}` },
        }),
        elicitation: ({ message }) => ({ action: message === undefined ? 'cancel' : 'decline' }),
        roots: () => [{ uri: 'file:///home/me/project', name: 'project' }],
      },
    });
    await server.connect();
    const tools = (await server.listTools()).map(({ name }) => name);
    expect(tools).toEqual(expect.arrayContaining(['trigger-sampling-request', 'trigger-elicitation-request', 'get-roots-list']));
    const said = async (name: string, args: Record<string, unknown> = {}): Promise<string> =>
      JSON.stringify(await server.callTool(name, args));
    expect(await said('trigger-sampling-request', { prompt: 'the prompt', maxTokens: 10 })).toContain('heard true');
    expect(await said('trigger-elicitation-request')).toMatch(/declin/i);
    expect(await said('get-roots-list')).toContain('file:///home/me/project');
    await using plain = new MCPServerStdio(everythingOverStdio);
    await plain.connect();
    expect((await plain.listTools()).map(({ name }) => name)).not.toContain('trigger-sampling-request');
  });
});

describe('the filesystem server', () => {
  it('works on the files it may, and refuses others in its own words', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'baton-mcp-'));
    try {
      await writeFile(join(folder, 'note.txt'), 'remember the milk');
      await using server = new MCPServerStdio({
        command: process.execPath,
        args: [serverFile('filesystem'), folder],
        stderr: 'ignore',
      });
      await server.connect();
      const model = new ScriptedModel([
        [
          functionCall('read_text_file', { path: join(folder, 'note.txt') }),
          functionCall('write_file', { path: join(folder, 'new.txt'), content: 'bread' }),
          functionCall('read_text_file', { path: '/etc/hostname' }),
        ],
        ({ input }) => JSON.stringify(input),
      ]);
      const agent = new Agent({
        name: 'Librarian',
        model,
        mcpServers: [server],
        mcpConfig: { convertSchemasToStrict: true },
      });
      const { finalOutput } = await run(agent, 'Go');
      expect(finalOutput).toContain('remember the milk');
      expect(finalOutput).toMatch(/denied/i);
      expect(await readFile(join(folder, 'new.txt'), 'utf8')).toBe('bread');
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

describe('the memory server', () => {
  it('remembers from one run to the next', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'baton-mcp-'));
    const remembering = (): MCPServerStdio =>
      new MCPServerStdio({
        command: process.execPath,
        args: [serverFile('memory')],
        env: { MEMORY_FILE_PATH: join(folder, 'memory.jsonl') },
        stderr: 'ignore',
        useStructuredContent: true,
      });
    try {
      for (const script of [
        [functionCall('create_entities', { entities: [{ name: 'Ada', entityType: 'person', observations: ['likes tea'] }] }), 'ok'],
        [functionCall('read_graph'), 'ok'],
      ]) {
        await using server = remembering();
        await server.connect();
        const model = new ScriptedModel(script);
        await run(new Agent({ name: 'A', model, mcpServers: [server] }), 'Go');
        expect(JSON.stringify(model.calls[1]?.input)).toContain('likes tea');
      }
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
