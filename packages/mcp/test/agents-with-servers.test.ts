import { Agent, run, RunContext, RunState, tool, UserError } from '@baton/core';
import type { FunctionTool } from '@baton/core';
import { functionCall, ScriptedModel } from '@baton/core/testing';
import { describe, expect, it } from 'vitest';
import { FakeServer, text } from './support/fake-server.js';
import { RecordingTracer } from './support/recording-tracer.js';

const silent = { debug: () => undefined, warn: () => undefined, error: () => undefined };

describe('an agent with MCP servers', () => {
  it('has their tools, before its own, and the model calls them like any other [AG-9]', async () => {
    const server = new FakeServer('files', ['read']);
    const own = tool({ name: 'own', execute: () => 'own' });
    const model = new ScriptedModel([functionCall('read', { path: '/a' }), 'done']);
    const result = await run(new Agent({ name: 'A', model, mcpServers: [server], tools: [own] }), 'Hi');
    expect(result.finalOutput).toBe('done');
    expect(model.calls[0]?.request.tools.map(({ name }) => name)).toEqual(['read', 'own']);
    expect(server.calls).toMatchObject([{ toolName: 'read', args: { path: '/a' } }]);
  });

  it('neither connects nor closes them: that is the app\'s [AG-9]', async () => {
    const server = new FakeServer('files', ['read']);
    const model = new ScriptedModel([functionCall('read'), 'done']);
    await run(new Agent({ name: 'A', model, mcpServers: [server] }), 'Hi');
    expect([server.connects, server.closes]).toEqual([0, 0]);
  });

  it('asks them for their tools once each time it becomes active, not in every turn [AG-9] [RUN-7]', async () => {
    const server = new FakeServer('files', ['read']);
    const a: Agent = new Agent({
      name: 'A',
      model: new ScriptedModel([functionCall('read'), functionCall('read'), functionCall('transfer_to_b'), 'end']),
      mcpServers: [server],
      handoffs: [() => b],
    });
    const b: Agent = new Agent({
      name: 'B',
      model: new ScriptedModel([functionCall('transfer_to_a')]),
      handoffs: [a],
    });
    await run(a, 'Hi');
    expect(server.listings).toBe(2);
  });

  it('gives the tools of the moment, theirs and its own as far as they are switched on [AG-21]', async () => {
    const server = new FakeServer('files', ['read']);
    const own = (name: string, isEnabled: boolean | (() => Promise<boolean>)): FunctionTool =>
      tool({ name, isEnabled, execute: () => name });
    const tools = [own('a', true), own('b', false), own('c', async () => true)];
    const agent = new Agent({ name: 'A', mcpServers: [server], tools });
    const names = (all: readonly { readonly name: string }[]): string[] => all.map(({ name }) => name);
    expect(names(await agent.getMcpTools(new RunContext(undefined)))).toEqual(['read']);
    expect(names(await agent.getAllTools(new RunContext(undefined)))).toEqual(['read', 'a', 'c']);
  });

  it('has no two tools of one name, and says what to do, also where two servers have one name', async () => {
    const failing = (...servers: FakeServer[]): Promise<unknown> =>
      run(new Agent({ name: 'A', model: new ScriptedModel(['x']), mcpServers: servers }), 'Hi');
    await expect(failing(new FakeServer('a', ['read']), new FakeServer('b', ['read']))).rejects.toThrow(
      'Set mcpConfig: { includeServerInToolNames: true }',
    );
    await expect(failing(new FakeServer('stdio: npx', ['read']), new FakeServer('stdio: npx', ['read']))).rejects.toThrow(
      'Give each server a name of its own, set mcpConfig: { includeServerInToolNames: true }',
    );
  });

  it('fails with the error of a server that cannot list its tools', async () => {
    const server = new FakeServer('files');
    server.listTools = () => Promise.reject(new Error('gone'));
    const agent = new Agent({ name: 'A', model: new ScriptedModel(['x']), mcpServers: [server] });
    await expect(run(agent, 'Hi')).rejects.toThrow('gone');
  });

  it('refuses what is no server, and says what is one', () => {
    // Not a server, which a compiler would have said.
    const broken = { name: 'x', listTools: () => [] } as unknown as FakeServer;
    expect(() => new Agent({ name: 'A', mcpServers: [broken] })).toThrow(/mcpServers\[0\].*BaseMCPServer/);
  });

  it('refuses a tool that two servers have, and says how to tell them apart [MCP-10]', async () => {
    const servers = [new FakeServer('a', ['read']), new FakeServer('b', ['read'])];
    const agent = new Agent({ name: 'A', model: new ScriptedModel(['x']), mcpServers: servers });
    await expect(run(agent, 'Hi')).rejects.toThrow(
      'Agent "A" has two tools named "read", one of MCP server "a" and one of MCP server "b". Set mcpConfig: { includeServerInToolNames: true }',
    );
  });

  it('refuses a tool that a server and the agent itself have [AG-21]', async () => {
    const own = tool({ name: 'read', execute: () => 'own' });
    const agent = new Agent({ name: 'A', model: new ScriptedModel(['x']), mcpServers: [new FakeServer('a', ['read'])], tools: [own] });
    await expect(run(agent, 'Hi')).rejects.toThrow('one of MCP server "a" and one of its own');
  });

  it('offers its own of two tools of one name where collisions only warn', async () => {
    const own = tool({ name: 'read', execute: () => 'own' });
    const model = new ScriptedModel([functionCall('read'), (request) => JSON.stringify(request.input.at(-1))]);
    const agent = new Agent({ name: 'A', model, mcpServers: [new FakeServer('a', ['read'])], tools: [own] });
    const result = await run(agent, 'Hi', { toolNameCollisionPolicy: 'warn', logger: silent });
    expect(result.finalOutput).toContain('own');
  });

  it('may prefix names, and the server still hears its own [MCP-11]', async () => {
    const servers = [new FakeServer('my files', ['read']), new FakeServer('web', ['read'])];
    const model = new ScriptedModel([functionCall('mcp_my_files__read'), 'done']);
    const agent = new Agent({ name: 'A', model, mcpServers: servers, mcpConfig: { includeServerInToolNames: true } });
    await run(agent, 'Hi');
    expect(model.calls[0]?.request.tools.map(({ name }) => name)).toEqual(['mcp_my_files__read', 'mcp_web__read']);
    expect(servers[0]?.calls.map(({ toolName }) => toolName)).toEqual(['read']);
  });

  it('tells the model of a failure, unless the errorFunction is null: then the run fails [MCP-02] [MCP-11]', async () => {
    const failing = (options = {}): FakeServer => {
      const server = new FakeServer('files', ['read'], options);
      server.answer = () => Promise.reject(new Error('disk full'));
      return server;
    };
    const model = (): ScriptedModel =>
      new ScriptedModel([functionCall('read'), ({ input }) => JSON.stringify(input.at(-1))]);
    const told = await run(new Agent({ name: 'A', model: model(), mcpServers: [failing()] }), 'Hi');
    expect(told.finalOutput).toContain('disk full');
    const own = { mcpConfig: { errorFunction: () => 'the agent says so' } };
    const worded = await run(new Agent({ name: 'A', model: model(), mcpServers: [failing()], ...own }), 'Hi');
    expect(worded.finalOutput).toContain('the agent says so');
    const server = failing({ errorFunction: null });
    await expect(run(new Agent({ name: 'A', model: model(), mcpServers: [server], ...own }), 'Hi')).rejects.toThrow('disk full');
  });

  it('shows progress as tool_progress events, and not to the model', async () => {
    const server = new FakeServer('files', ['read']);
    server.answer = ({ options }) => {
      options?.onProgress?.({ progress: 1, total: 2, message: 'half' });
      return text('done');
    };
    const model = new ScriptedModel([functionCall('read'), 'end']);
    const result = await run(new Agent({ name: 'A', model, mcpServers: [server] }), 'Hi', { stream: true });
    const progress: unknown[] = [];
    for await (const event of result) if (event.type === 'tool_progress') progress.push(event.progress);
    expect(progress).toEqual([{ progress: 1, total: 2, message: 'half' }]);
    expect(JSON.stringify(model.calls[1]?.input)).not.toContain('half');
  });

  it('goes on from a stored state with servers that were connected anew [JS-55]', async () => {
    const make = (script: ConstructorParameters<typeof ScriptedModel>[0]): { agent: Agent; server: FakeServer } => {
      const server = new FakeServer('files', ['remove'], { requireApproval: 'always' });
      return { server, agent: new Agent({ name: 'A', model: new ScriptedModel(script), mcpServers: [server] }) };
    };
    const before = make([functionCall('remove', { path: '/a' })]);
    const paused = await run(before.agent, 'Hi');
    expect(before.server.calls).toEqual([]);
    const after = make(['removed']);
    const state = RunState.fromString(after.agent, paused.state.toString());
    for (const interruption of state.getInterruptions()) state.approve(interruption);
    const result = await run(after.agent, state);
    expect(result.finalOutput).toBe('removed');
    expect(after.server.calls).toMatchObject([{ toolName: 'remove', args: { path: '/a' } }]);
  });
});

describe('the spans of a run with MCP servers', () => {
  const traced = async (traceIncludeSensitiveData: boolean): Promise<RecordingTracer> => {
    const tracer = new RecordingTracer();
    const server = new FakeServer('https://user:hunter22@example.com/mcp?key=s3cretvalue', ['read']);
    server.answer = () => text('a private file');
    const model = new ScriptedModel([functionCall('read', { path: '/private' }), 'end']);
    await run(new Agent({ name: 'A', model, mcpServers: [server] }), 'Hi', { tracer, traceIncludeSensitiveData });
    return tracer;
  };

  it('have the listing below the agent, with the server and the names [MCP-9]', async () => {
    const [agent] = (await traced(true)).all('agent');
    expect(agent?.children[0]?.data).toEqual({ type: 'mcp_tools', server: 'https://example.com/mcp', result: ['read'] });
    expect(agent?.data).toMatchObject({ tools: ['read'] });
  });

  it('have the server of the tool in the span of its call, as JSON [MCP-13]', async () => {
    const [call] = (await traced(true)).all('function');
    expect(call?.data).toMatchObject({ name: 'read', output: 'a private file', mcp_data: '{"server":"https://example.com/mcp"}' });
  });

  it('keep out what tools were given and gave where data is sensitive [MCP-13]', async () => {
    const [call] = (await traced(false)).all('function');
    expect(JSON.stringify(call?.data)).not.toContain('private');
    expect(call?.data.mcp_data).toBeDefined();
  });

  it('tell of a server that could not list its tools', async () => {
    const tracer = new RecordingTracer();
    const server = new FakeServer('files');
    server.listTools = () => Promise.reject(new UserError('gone'));
    await run(new Agent({ name: 'A', model: new ScriptedModel(['x']), mcpServers: [server] }), 'Hi', { tracer }).catch(() => undefined);
    expect(tracer.all('mcp_tools')[0]?.errors).toMatchObject([{ message: 'gone' }]);
  });
});

describe('approvals and guardrails of a server', () => {
  it('hold for each of its tools that the policy names [MCP-12]', async () => {
    const policies = [
      ['always', ['a', 'b']],
      ['never', []],
      [{ always: { toolNames: ['a'] } }, ['a']],
      [{ never: { toolNames: ['a'] } }, ['b']],
      [{ always: { toolNames: ['a'] }, never: { toolNames: [] } }, ['a', 'b']],
    ] as const;
    for (const [requireApproval, waiting] of policies) {
      const server = new FakeServer('files', ['a', 'b'], { requireApproval });
      const model = new ScriptedModel([[functionCall('a'), functionCall('b')], 'end']);
      const result = await run(new Agent({ name: 'A', model, mcpServers: [server] }), 'Hi');
      expect(result.interruptions.map(({ name }) => name)).toEqual(waiting);
    }
  });

  it('may be a function of the call, and may be decided at once', async () => {
    const server = new FakeServer('files', ['read'], {
      requireApproval: (_context, call) => JSON.stringify(call.arguments).includes('/etc') && call.serverName === 'files',
      onApproval: (_context, { name }) => ({ approve: false, reason: `no ${name} there` }),
    });
    const model = new ScriptedModel([
      functionCall('read', { path: '/etc/passwd' }),
      functionCall('read', { path: '/tmp' }),
      ({ input }) => JSON.stringify(input),
    ]);
    const result = await run(new Agent({ name: 'A', model, mcpServers: [server] }), 'Hi');
    expect(result.finalOutput).toContain('no read there');
    expect(server.calls.map(({ args }) => args)).toEqual([{ path: '/tmp' }]);
  });

  it.each([
    ['a word', 'sometimes'],
    ['null', null],
    ['nothing in it', {}],
    ['an unknown key', { allways: { toolNames: ['a'] } }],
    ['a list without toolNames', { always: ['a'] }],
    ['a tool on both sides', { always: { toolNames: ['a'] }, never: { toolNames: ['a'] } }],
  ])('are refused where the policy is none: %s [MCP-12]', (_what, policy) => {
    // Not a policy, which a compiler would have said.
    expect(() => new FakeServer('files', [], { requireApproval: policy as unknown as 'always' })).toThrow(
      /The requireApproval of MCP server "files"/,
    );
  });

  it('run the guardrails of the server around each of its tools', async () => {
    const seen: string[] = [];
    const server = new FakeServer('files', ['read'], {
      toolInputGuardrails: [
        { name: 'in', run: ({ toolCall }) => (seen.push(`in ${toolCall.type}`), { behavior: { type: 'allow' } }) },
      ],
      toolOutputGuardrails: [
        { name: 'out', run: ({ output }) => (seen.push(`out ${String(output)}`), { behavior: { type: 'rejectContent', message: 'withheld' } }) },
      ],
    });
    const model = new ScriptedModel([functionCall('read'), ({ input }) => JSON.stringify(input.at(-1))]);
    const result = await run(new Agent({ name: 'A', model, mcpServers: [server] }), 'Hi');
    expect(seen).toEqual(['in function_call', 'out read done']);
    expect(result.finalOutput).toContain('withheld');
  });
});
