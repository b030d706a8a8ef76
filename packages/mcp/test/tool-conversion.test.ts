import { Agent, run, RunContext } from '@baton/core';
import type { FunctionTool } from '@baton/core';
import { functionCall, ScriptedModel } from '@baton/core/testing';
import { describe, expect, it } from 'vitest';
import type { CallToolResult, MCPTool } from '../src/index.js';
import { createMCPToolStaticFilter, getAllMcpTools, mcpToFunctionTool } from '../src/index.js';
import { FakeServer } from './support/fake-server.js';

const named = (name: string, more: Partial<MCPTool> = {}): MCPTool => ({
  name,
  inputSchema: { type: 'object', properties: {} },
  ...more,
});

function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null) Object.values(value).forEach(frozen);
  return Object.freeze(value);
}

/** What the model is given after it called a tool of the server. */
async function outputOf(server: FakeServer, args: Record<string, unknown> | string = {}): Promise<unknown> {
  const model = new ScriptedModel([functionCall(server.tools[0]?.name ?? '', args), 'end']);
  await run(new Agent({ name: 'A', model, mcpServers: [server] }), 'Hi');
  const item = model.calls[1]?.input.at(-1);
  return item?.type === 'function_call_result' ? item.output : item;
}

function answering(result: CallToolResult, options: ConstructorParameters<typeof FakeServer>[2] = {}): FakeServer {
  const server = new FakeServer('files', ['read'], options);
  server.answer = () => result;
  return server;
}

const strict = (inputSchema: MCPTool['inputSchema']): FunctionTool =>
  mcpToFunctionTool(named('t', { inputSchema: frozen(inputSchema) }), new FakeServer('s'), true);

describe('the schema of an MCP tool', () => {
  it('is the server\'s own, and not strict, by default [MCP-10]', () => {
    const inputSchema = frozen({ $schema: 'x', type: 'object', properties: { a: { type: 'string' } }, minProperties: 1 });
    const made = mcpToFunctionTool(named('t', { inputSchema }), new FakeServer('s'));
    expect(made.strict).toBe(false);
    expect(made.parameters).toEqual({ type: 'object', properties: { a: { type: 'string' } }, minProperties: 1 });
  });

  it('becomes strict where that was asked for, without a change to what the server gave [MCP-07]', () => {
    const inputSchema = { type: 'object', properties: { a: { type: 'string' }, b: { type: 'number', default: 1 } }, required: ['a'] };
    const made = strict(inputSchema);
    expect(made.strict).toBe(true);
    expect(made.parameters).toMatchObject({ required: ['a', 'b'], additionalProperties: false });
    expect(inputSchema.properties.b).toEqual({ type: 'number', default: 1 });
  });

  it.each([
    ['a free-form object', { type: 'object', properties: { any: { type: 'object' } } }],
    ['a free-form object in a list', { type: 'object', properties: { any: { type: 'array', items: { type: 'object', description: 'x' } } } }],
    ['an open object', { type: 'object', properties: { a: { type: 'object', properties: { b: {} }, additionalProperties: true } } }],
    ['an open root', { type: 'object' }],
    ['a record', { type: 'object', properties: { a: { type: 'object', additionalProperties: { type: 'string' } } } }],
    ['constraints beside a reference', { type: 'object', properties: { a: { $ref: '#/$defs/x', properties: { c: { type: 'string' } } } }, $defs: { x: { type: 'object', properties: { b: { type: 'string' } } } } }],
    ['a root that may be null', { type: ['object', 'null'], properties: { a: { type: 'string' } } }],
    ['a value of any kind', { type: 'object', properties: { a: {} } }],
    ['too many levels', nested(80)],
  ])('stays the server\'s own where strictness would lose something: %s [MCP-07] [JS-103]', (_what, inputSchema) => {
    const made = strict(inputSchema);
    expect(made.strict).toBe(false);
    expect(made.parameters['properties']).toEqual(Reflect.get(inputSchema, 'properties') ?? {});
  });

  it('may name properties like keywords', () => {
    const made = strict({ type: 'object', properties: { type: { type: 'string' }, $ref: { type: 'string' } }, required: ['type', '$ref'] });
    expect(made.strict).toBe(true);
  });

  it('has an object as its root, as arguments always are', () => {
    expect(strict({}).parameters).toMatchObject({ type: 'object', properties: {} });
  });
});

function nested(levels: number): MCPTool['inputSchema'] {
  let schema: Record<string, unknown> = { type: 'string' };
  for (let i = 0; i < levels; i++) schema = { type: 'object', properties: { a: schema }, required: ['a'] };
  return schema;
}

describe('the arguments of an MCP tool', () => {
  it('are {} where the model wrote nothing [MCP-11]', async () => {
    const server = answering({ content: [] });
    await outputOf(server, '');
    expect(server.calls[0]?.args).toEqual({});
  });

  it('that are no JSON, or no object, never reach the server [MCP-06] [MCP-11]', async () => {
    for (const args of ['{"a":', '[1]', '"text"', '3', 'null']) {
      const server = answering({ content: [] });
      expect(await outputOf(server, args)).toContain('Invalid JSON input');
      expect(server.calls).toEqual([]);
    }
  });

  it('that lack what the schema requires never reach the server [MCP-05]', async () => {
    const server = new FakeServer('files', [named('read', { inputSchema: { type: 'object', properties: { path: { type: 'string' } }, required: ['path'] } })]);
    expect(await outputOf(server, {})).toContain('the argument "path" is missing');
    expect(server.calls).toEqual([]);
  });
});

describe('the name and description of an MCP tool', () => {
  it('are its own; the title stands in for a description [MCP-20]', () => {
    const server = new FakeServer('s');
    expect(mcpToFunctionTool(named('t', { description: 'Reads', title: 'Reader' }), server).description).toBe('Reads');
    expect(mcpToFunctionTool(named('t', { title: 'Reader' }), server).description).toBe('Reader');
    expect(mcpToFunctionTool(named('t', { annotations: { title: 'Reader' } }), server).description).toBe('Reader');
    expect(mcpToFunctionTool(named('t'), server).description).toBe('');
  });

  it('can be written by a model, and stay apart, whatever the server calls them [MCP-11]', async () => {
    const long = 'x'.repeat(80);
    const server = new FakeServer('s', ['a.b', 'a_b', 'a/b', long]);
    const names = (await getAllMcpTools([server])).map(({ name }) => name);
    expect(new Set(names).size).toBe(4);
    expect(names[1]).toBe('a_b');
    for (const name of names) expect(name).toMatch(/^[a-zA-Z0-9_-]{1,64}$/);
    expect((await getAllMcpTools([server])).map(({ name }) => name)).toEqual(names);
  });

  it('are there where the server has none', async () => {
    const names = (await getAllMcpTools([new FakeServer('s', ['', ' ', 'tool'])])).map(({ name }) => name);
    expect(names.slice(0, 2)).toEqual([expect.stringMatching(/^tool_[0-9a-f]{8}$/), expect.stringMatching(/^tool_[0-9a-f]{8}$/)]);
    expect(new Set(names).size).toBe(3);
    expect(names[2]).toBe('tool');
  });

  it('with a prefix keep out of the way of reserved names [MCP-11]', async () => {
    const options = { mcpServers: [new FakeServer('s', ['read'])], includeServerInToolNames: true };
    expect((await getAllMcpTools(options))[0]?.name).toBe('mcp_s__read');
    const [moved] = await getAllMcpTools({ ...options, reservedToolNames: new Set(['mcp_s__read']) });
    expect(moved?.name).toMatch(/^mcp_s__read_[0-9a-f]{8}$/);
  });
});

describe('the tools of several servers', () => {
  it('come in the order of the servers; any iterable will do [MCP-8] [MCP-22]', async () => {
    const servers = [new FakeServer('a', ['one', 'two']), new FakeServer('b', ['three'])];
    expect((await getAllMcpTools(servers)).map(({ name }) => name)).toEqual(['one', 'two', 'three']);
    expect((await getAllMcpTools(new Set(servers).values())).map(({ name }) => name)).toHaveLength(3);
  });

  it('are refused where two have one name, always with the same words and a hint [MCP-8] [MCP-10]', async () => {
    const servers = [new FakeServer('b', ['y', 'x']), new FakeServer('a', ['x', 'y', 'y'])];
    await expect(getAllMcpTools(servers)).rejects.toThrow(
      'Duplicate tool names found across MCP servers: x (a, b); y (a, a, b). Set includeServerInToolNames: true, or leave some out with a toolFilter.',
    );
  });
});

describe('what an MCP tool gave', () => {
  const image = { type: 'image', data: 'aGk=', mimeType: 'image/webp' };

  it.each<[string, CallToolResult, unknown]>([
    ['one text is that text', { content: [{ type: 'text', text: 'hi' }] }, 'hi'],
    ['nothing is an empty list', { content: [] }, '[]'],
    ['structured content stands in for content that is not there', { content: [], structuredContent: { a: 1 } }, '{"a":1}'],
    ['text is preferred to structured content', { content: [{ type: 'text', text: 'hi' }], structuredContent: { a: 1 } }, 'hi'],
    ['texts are parts', { content: [{ type: 'text', text: 'a' }, { type: 'text', text: 'b' }] }, [{ type: 'input_text', text: 'a' }, { type: 'input_text', text: 'b' }]],
    ['what failed is in its own words', { content: [{ type: 'text', text: 'no such file' }], isError: true }, 'no such file'],
  ])('%s [MCP-12] [MCP-13]', async (_what, result, output) => {
    expect(await outputOf(answering(result))).toEqual(output);
  });

  it('is a crash of nobody where the server sends no content at all [MCP-13]', async () => {
    // What a server may send all the same.
    expect(await outputOf(answering({} as CallToolResult))).toBe('[]');
  });

  it('shows an image as an image of its kind [MCP-14] [JS-129]', async () => {
    expect(await outputOf(answering({ content: [image] }))).toEqual([{ type: 'input_image', image: 'data:image/webp;base64,aGk=' }]);
  });

  it('shows embedded data as image or file, and other blocks as JSON [MCP-14]', async () => {
    const link = { type: 'resource_link', uri: 'demo://1', name: 'One' };
    const note = { type: 'resource', resource: { uri: 'demo://2', mimeType: 'text/plain', text: 'note' } };
    const output = await outputOf(
      answering({
        content: [
          { type: 'resource', resource: { uri: 'demo://a/pic.png', mimeType: 'image/png', blob: 'aGk=' } },
          { type: 'resource', resource: { uri: 'demo://a/doc.pdf?x=1', mimeType: 'application/pdf', blob: 'aGk=' } },
          link,
          note,
          { type: 'audio', data: 'aGk=', mimeType: 'audio/wav' },
          { type: 'hologram', depth: 3 },
        ],
      }),
    );
    expect(output).toEqual([
      { type: 'input_image', image: 'data:image/png;base64,aGk=' },
      { type: 'input_file', file: 'data:application/pdf;base64,aGk=', filename: 'doc.pdf' },
      { type: 'input_text', text: JSON.stringify(link) },
      { type: 'input_text', text: JSON.stringify(note) },
      { type: 'input_text', text: '{"type":"audio","data":"[4 characters of base64 left out]","mimeType":"audio/wav"}' },
      { type: 'input_text', text: '{"type":"hologram","depth":3}' },
    ]);
  });

  it('is its structured content where that was asked for, unless there is none or the tool failed [MCP-13]', async () => {
    const content = [{ type: 'text', text: 'hi' }];
    const options = { useStructuredContent: true };
    expect(await outputOf(answering({ content, structuredContent: { a: 1 } }, options))).toBe('{"a":1}');
    expect(await outputOf(answering({ content, structuredContent: {} }, options))).toBe('hi');
    expect(await outputOf(answering({ content }, options))).toBe('hi');
    expect(await outputOf(answering({ content, structuredContent: { a: 1 }, isError: true }, options))).toBe('hi');
  });
});

describe('the _meta of a call', () => {
  it('is the tool\'s own below what the app adds, and new for each call [MCP-08] [MCP-20]', async () => {
    const own = frozen({ tenant: 'tool', shelf: { nr: 1 }, 'io.modelcontextprotocol/protocolVersion': 'evil', progressToken: 7 });
    const server = new FakeServer('s', [named('read', { _meta: own })], {
      toolMetaResolver: ({ serverName, toolName, arguments: args }) => ({ tenant: 'app', of: [serverName, toolName, args] }),
    });
    const model = new ScriptedModel([[functionCall('read', { path: '/a' }), functionCall('read', { path: '/a' })], 'end']);
    await run(new Agent({ name: 'A', model, mcpServers: [server] }), 'Hi');
    const [one, two] = server.calls.map(({ meta }) => meta);
    expect(one).toEqual({ tenant: 'app', shelf: { nr: 1 }, of: ['s', 'read', { path: '/a' }] });
    expect(two).toEqual(one);
    expect(two?.['shelf']).not.toBe(one?.['shelf']);
    expect(two?.['shelf']).not.toBe(own.shelf);
  });

  it('is left out where there is nothing to say, and refused where it is no object', async () => {
    const server = new FakeServer('s', ['read'], { toolMetaResolver: () => null });
    await outputOf(server);
    expect(server.calls[0]?.meta).toBeUndefined();
    // What a resolver without a compiler may give.
    const broken = new FakeServer('s', ['read'], { toolMetaResolver: () => 'x' as unknown as null });
    expect(await outputOf(broken)).toContain('toolMetaResolver');
  });
});

describe('the filter of a server', () => {
  const tools = ['read', 'write', 'remove'];
  const names = async (server: FakeServer, context?: RunContext, agent?: { name: string }): Promise<string[]> =>
    (await getAllMcpTools([server], context, agent)).map(({ name }) => name);

  it('of two lists needs no run [MCP-19]', async () => {
    const filter = (options: Parameters<typeof createMCPToolStaticFilter>[0]): FakeServer => {
      const toolFilter = createMCPToolStaticFilter(options);
      return new FakeServer('s', tools, toolFilter && { toolFilter });
    };
    expect(await names(filter({ allowed: ['read', 'write'] }))).toEqual(['read', 'write']);
    expect(await names(filter({ blocked: ['remove'] }))).toEqual(['read', 'write']);
    expect(await names(filter({ allowed: ['read', 'remove'], blocked: ['remove'] }))).toEqual(['read']);
    expect(await names(filter({ allowed: new Set(['read']).values() }))).toEqual(['read']);
    expect(await names(filter({ allowed: [] }))).toEqual([]);
    expect(await names(filter({}))).toEqual(tools);
  });

  it('that is a function is asked about each tool, the agent and the run, and sees copies [MCP-08]', async () => {
    const server = new FakeServer('s', tools, {
      toolFilter: async ({ agent, runContext, serverName }, tool) => {
        // A filter that does what it may not.
        Object.assign(tool.inputSchema, { broken: true });
        return tool.name !== 'remove' || (agent.name === 'Admin' && runContext.context === 'trusted' && serverName === 's');
      },
    });
    expect(await names(server, new RunContext('trusted'), { name: 'Guest' })).toEqual(['read', 'write']);
    expect(await names(server, new RunContext('trusted'), { name: 'Admin' })).toEqual(tools);
    expect(await names(server)).toEqual(tools);
    expect(JSON.stringify(await getAllMcpTools([server], new RunContext('x'), { name: 'A' }))).not.toContain('broken');
  });

  it.each([['a list', ['read']], ['a name', 'read'], ['an unknown key', { allowed: ['read'] }], ['numbers', { allowedToolNames: [1] }]])(
    'is refused where it is none: %s',
    (_what, toolFilter) => {
      // Not a filter, which a compiler would have said.
      expect(() => new FakeServer('s', tools, { toolFilter: toolFilter as never })).toThrow(/toolFilter of MCP server "s"/);
    },
  );
});

describe('what a server says of its tools', () => {
  const effects = (trustToolAnnotations: boolean): string[] => {
    const server = new FakeServer('s', [], { trustToolAnnotations });
    return [{ readOnlyHint: true }, { idempotentHint: true }, {}].map(
      (annotations) => mcpToFunctionTool(named('t', { annotations }), server).effect,
    );
  };

  it('is believed only where the app says so: else every call counts', () => {
    expect(effects(false)).toEqual(['once', 'once', 'once']);
    expect(effects(true)).toEqual(['none', 'idempotent', 'once']);
  });
});
