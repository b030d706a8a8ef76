import { Agent, run, RunState, tool, toolNamespace } from '@baton/core';
import { type ModelRequest, type SerializedTool, UserError } from '@baton/core/model';
import { aRequest, aTool } from '@baton/openai-shared/test-support';
import { functionCall, message } from '@baton/testing';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import {
  codeInterpreterTool,
  fileSearchTool,
  hostedMcpTool,
  imageGenerationTool,
  programmaticToolCallingTool,
  toolSearchTool,
  webSearchTool,
} from '../src/index.js';
import { requestBody } from '../src/request/request-body.js';
import { expectValidBody } from './support/request-schema.js';
import { modelOf, withServer } from './support/with-server.js';

interface Body {
  readonly tools?: readonly unknown[];
  readonly include?: readonly string[];
  readonly tool_choice?: unknown;
}

/** The body as the wire gets it. The schema is older than the API's newest fields. */
function bodyOf(changes: Partial<ModelRequest>, inSchema = true): Body {
  const text = requestBody(aRequest(changes), {
    model: 'gpt-5.6-luna',
    stream: false,
    memory: { items: new Map(), tools: new Map(), formats: new Map() },
  });
  const body = JSON.parse(text) as Body;
  if (inSchema) expectValidBody(body);
  return body;
}

function wireOf(...tools: SerializedTool[]): unknown {
  return bodyOf({ tools }).tools;
}

function choosing(toolChoice: string, ...tools: SerializedTool[]): unknown {
  return bodyOf({ tools, modelSettings: { toolChoice } }).tool_choice;
}

describe('webSearchTool() [TL-11, RSP-14]', () => {
  it('asks for a medium context where nothing is said', () => {
    expect(wireOf(webSearchTool())).toEqual([{ type: 'web_search', search_context_size: 'medium' }]);
  });

  it('says each option in the words of the wire', () => {
    const tool = webSearchTool({
      userLocation: { city: 'Nairobi', country: 'KE' },
      filters: { allowedDomains: ['example.com'] },
      searchContextSize: 'high',
      externalWebAccess: false,
    });
    expect(wireOf(tool)).toEqual([
      {
        type: 'web_search',
        user_location: { type: 'approximate', city: 'Nairobi', country: 'KE' },
        filters: { allowed_domains: ['example.com'] },
        search_context_size: 'high',
        external_web_access: false,
      },
    ]);
  });

  it('is another type on the wire for preview models', () => {
    const tool = webSearchTool({ name: 'web_search_preview' });
    expect(wireOf(tool)).toEqual([{ type: 'web_search_preview', search_context_size: 'medium' }]);
    expect(tool.name).toBe('web_search_preview');
  });

  it('pictures among the results are asked for and included [R3]', () => {
    const tool = webSearchTool({
      searchContentTypes: ['text', 'image'],
      imageSettings: { maxResults: 2, caption: true },
    });
    const body = bodyOf({ tools: [tool] }, false);
    expect(body.tools).toMatchObject([
      { search_content_types: ['text', 'image'], image_settings: { max_results: 2, caption: true } },
    ]);
    expect(body.include).toEqual(['web_search_call.results']);
  });
});

describe('fileSearchTool() [TL-10]', () => {
  it('takes one store or several', () => {
    expect(wireOf(fileSearchTool('vs_1'), fileSearchTool(['vs_1', 'vs_2']))).toEqual([
      { type: 'file_search', vector_store_ids: ['vs_1'] },
      { type: 'file_search', vector_store_ids: ['vs_1', 'vs_2'] },
    ]);
  });

  it('says each option in the words of the wire, and its wish for results in include', () => {
    const tool = fileSearchTool('vs_1', {
      maxNumResults: 50,
      includeSearchResults: true,
      rankingOptions: { ranker: 'auto', score_threshold: 0.5 },
      filters: { type: 'and', filters: [{ type: 'eq', key: 'year', value: 2026 }] },
    });
    const body = bodyOf({ tools: [tool] });
    expect(body.tools).toEqual([
      {
        type: 'file_search',
        vector_store_ids: ['vs_1'],
        max_num_results: 50,
        ranking_options: { ranker: 'auto', score_threshold: 0.5 },
        filters: { type: 'and', filters: [{ type: 'eq', key: 'year', value: 2026 }] },
      },
    ]);
    expect(body.include).toEqual(['file_search_call.results']);
  });

  it.each([0, null])('maxNumResults %s is left to the provider [R6]', (maxNumResults) => {
    const tool = fileSearchTool('vs_1', { maxNumResults });
    expect(wireOf(tool)).toEqual([{ type: 'file_search', vector_store_ids: ['vs_1'] }]);
  });

  it.each([-1, 51, 1.5])('maxNumResults %s is refused [R6]', (maxNumResults) => {
    expect(() => fileSearchTool('vs_1', { maxNumResults })).toThrow(UserError);
  });

  it('no store at all is refused', () => {
    expect(() => fileSearchTool([])).toThrow(UserError);
  });
});

describe('codeInterpreterTool()', () => {
  it('runs in a container that OpenAI makes', () => {
    expect(wireOf(codeInterpreterTool())).toEqual([
      { type: 'code_interpreter', container: { type: 'auto' } },
    ]);
  });

  it('runs in a container of the app, for programs too, and brings its outputs [R3]', () => {
    const tool = codeInterpreterTool({
      container: 'cntr_1',
      includeOutputs: true,
      allowedCallers: ['direct', 'programmatic'],
    });
    const body = bodyOf({ tools: [tool] });
    expect(body.tools).toEqual([
      {
        type: 'code_interpreter',
        container: 'cntr_1',
        allowed_callers: ['direct', 'programmatic'],
      },
    ]);
    expect(body.include).toEqual(['code_interpreter_call.outputs']);
  });
});

it('imageGenerationTool() says each option in the words of the wire', () => {
  expect(wireOf(imageGenerationTool())).toEqual([{ type: 'image_generation' }]);
  const tool = imageGenerationTool({
    action: 'edit',
    background: 'opaque',
    inputFidelity: 'high',
    inputImageMask: { file_id: 'file_1' },
    model: 'gpt-image-2',
    moderation: 'low',
    outputCompression: 0,
    outputFormat: 'webp',
    partialImages: 0,
    quality: 'low',
    size: '1024x1024',
  });
  expect(wireOf(tool)).toEqual([
    {
      type: 'image_generation',
      action: 'edit',
      background: 'opaque',
      input_fidelity: 'high',
      input_image_mask: { file_id: 'file_1' },
      model: 'gpt-image-2',
      moderation: 'low',
      output_compression: 0,
      output_format: 'webp',
      partial_images: 0,
      quality: 'low',
      size: '1024x1024',
    },
  ]);
});

describe('hostedMcpTool() [RSP-14, JS-50]', () => {
  const server = { serverLabel: 'docs', serverUrl: 'https://mcp.example/mcp' };
  const wire = { type: 'mcp', server_label: 'docs', server_url: 'https://mcp.example/mcp' };

  it('asks for no approval where nothing is said', () => {
    expect(wireOf(hostedMcpTool(server))).toEqual([{ ...wire, require_approval: 'never' }]);
  });

  it('asks for approval of all calls, or by tool', () => {
    expect(wireOf(hostedMcpTool({ ...server, requireApproval: 'always' }))).toEqual([
      { ...wire, require_approval: 'always' },
    ]);
    const byTool = {
      always: { toolNames: ['delete'] },
      never: { toolNames: ['read'], readOnly: true },
    };
    expect(wireOf(hostedMcpTool({ ...server, requireApproval: byTool }))).toEqual([
      {
        ...wire,
        require_approval: {
          always: { tool_names: ['delete'] },
          never: { tool_names: ['read'], read_only: true },
        },
      },
    ]);
  });

  it('refuses a policy that says nothing, and one that says both', () => {
    expect(() => hostedMcpTool({ ...server, requireApproval: {} })).toThrow(/says nothing/);
    const both = { always: { toolNames: ['a'] }, never: { toolNames: ['a'] } };
    expect(() => hostedMcpTool({ ...server, requireApproval: both })).toThrow(/"a" under always/);
  });

  it('takes a connector, a token, headers, callers and the tools that are allowed', () => {
    const tool = hostedMcpTool({
      serverLabel: 'mail',
      connectorId: 'connector_gmail',
      authorization: 'ya29.x',
      headers: { 'x-tenant': 'a' },
      serverDescription: 'The mail.',
      allowedTools: ['search'],
      allowedCallers: ['programmatic'],
    });
    expect(wireOf(tool)).toEqual([
      {
        type: 'mcp',
        server_label: 'mail',
        connector_id: 'connector_gmail',
        authorization: 'ya29.x',
        headers: { 'x-tenant': 'a' },
        server_description: 'The mail.',
        allowed_tools: { tool_names: ['search'] },
        allowed_callers: ['programmatic'],
        require_approval: 'never',
      },
    ]);
    const reading = hostedMcpTool({ ...server, allowedTools: { readOnly: true } });
    expect(wireOf(reading)).toMatchObject([{ allowed_tools: { read_only: true } }]);
  });

  it('is at a URL or behind a connector, not both and not neither', () => {
    expect(() => hostedMcpTool({ serverLabel: 'a' })).toThrow(/neither/);
    expect(() => hostedMcpTool({ ...server, connectorId: 'connector_gmail' })).toThrow(/both/);
    expect(() => hostedMcpTool({ serverLabel: '', serverUrl: 'https://x.example' })).toThrow(UserError);
  });
});

describe('tool search', () => {
  const deferred = aTool('refund', { deferLoading: true });

  it('loads functions and servers that wait for it', () => {
    const server = hostedMcpTool({
      serverLabel: 'crm',
      serverUrl: 'https://mcp.example/mcp',
      deferLoading: true,
    });
    expect(wireOf(deferred, server, toolSearchTool({ description: 'Finds tools.' }))).toMatchObject([
      { type: 'function', name: 'refund', defer_loading: true },
      { type: 'mcp', defer_loading: true },
      { type: 'tool_search', description: 'Finds tools.' },
    ]);
  });

  it('tools that wait for no search are refused, unless the template may have one [R5]', () => {
    expect(() => wireOf(deferred)).toThrow(/toolSearchTool\(\)/);
    expect(() => bodyOf({ tools: [deferred], prompt: { promptId: 'pmpt_1' } })).not.toThrow();
  });

  it('a search in this process is refused', () => {
    const options = { execution: 'client' } as never;
    expect(() => toolSearchTool(options)).toThrow(UserError);
  });
});

it('programmaticToolCallingTool() is a type of its own, and functions name their callers', () => {
  const callable = aTool('a', { providerData: { allowed_callers: ['programmatic'] } });
  expect(wireOf(programmaticToolCallingTool(), callable)).toMatchObject([
    { type: 'programmatic_tool_calling' },
    { type: 'function', name: 'a', allowed_callers: ['programmatic'] },
  ]);
  expect(() => wireOf(programmaticToolCallingTool(), aTool('a'))).toThrow(/nothing to call/);
});

describe('a hosted tool is chosen [R5]', () => {
  const docs = hostedMcpTool({ serverLabel: 'docs', serverUrl: 'https://a.example/mcp' });
  const crm = hostedMcpTool({ serverLabel: 'crm', serverUrl: 'https://b.example/mcp' });

  it('by its type', () => {
    expect(choosing('image_generation', imageGenerationTool())).toEqual({ type: 'image_generation' });
    const callable = codeInterpreterTool({ allowedCallers: ['programmatic'] });
    expect(choosing('programmatic_tool_calling', programmaticToolCallingTool(), callable)).toEqual({
      type: 'programmatic_tool_calling',
    });
  });

  it('an MCP server by its label, or as "mcp" where there is one', () => {
    expect(choosing('crm', docs, crm)).toEqual({ type: 'mcp', server_label: 'crm' });
    expect(choosing('mcp', docs)).toEqual({ type: 'mcp', server_label: 'docs' });
    expect(() => choosing('mcp', docs, crm)).toThrow(/docs, crm/);
  });

  it('never where the model could not be made to call it', () => {
    const inside = aTool('refund', { namespace: 'crm', namespaceDescription: 'Customers.' });
    const waiting = aTool('void', { deferLoading: true });
    const tools = [inside, waiting, toolSearchTool()];
    for (const name of ['crm', 'refund', 'void', 'tool_search']) {
      expect(() => choosing(name, ...tools)).toThrow(UserError);
    }
  });

  it('a function that is named like a hosted tool is the function', () => {
    expect(choosing('tool_search', aTool('tool_search'), toolSearchTool())).toEqual({
      type: 'function',
      name: 'tool_search',
    });
  });
});

describe('a hosted MCP server that asks for approval [JS-49, HIT-01]', () => {
  const asks = {
    type: 'mcp_approval_request',
    id: 'mcpr_1',
    server_label: 'docs',
    name: 'delete',
    arguments: '{"page":1}',
  };
  const did = {
    type: 'mcp_call',
    id: 'mcp_1',
    server_label: 'docs',
    name: 'delete',
    arguments: '{"page":1}',
    output: 'gone',
    approval_request_id: 'mcpr_1',
  };
  const docs = { serverLabel: 'docs', serverUrl: 'https://mcp.example/mcp', requireApproval: 'always' } as const;

  it.each([false, true])('waits for a human, also in another process; streamed: %s', async (stream) => {
    const server = await withServer({ script: [asks, [did, message('Deleted.')]] });
    const agent = new Agent({ name: 'A', model: modelOf(server), tools: [hostedMcpTool(docs)] });
    const waiting = stream ? await run(agent, 'Go', { stream: true }) : await run(agent, 'Go');
    if ('completed' in waiting) await waiting.completed;
    expect(waiting.interruptions).toMatchObject([{ name: 'docs.delete', arguments: '{"page":1}' }]);
    const state = RunState.fromString(agent, waiting.state.toString());
    for (const interruption of state.getInterruptions()) state.approve(interruption);
    expect((await run(agent, state)).finalOutput).toBe('Deleted.');
    expect(server.requests[1]?.body['input']).toMatchObject([
      { role: 'user' },
      asks,
      { type: 'mcp_approval_response', approval_request_id: 'mcpr_1', approve: true },
    ]);
  });

  it('is told of a refusal and why', async () => {
    const server = await withServer({ script: [asks, 'Then not.'] });
    const agent = new Agent({ name: 'A', model: modelOf(server), tools: [hostedMcpTool(docs)] });
    const { state, interruptions } = await run(agent, 'Go', { autoPreviousResponseId: true });
    for (const interruption of interruptions) state.reject(interruption, { message: 'Keep it.' });
    await run(agent, state);
    expect(server.requests[1]?.body['input']).toEqual([
      {
        type: 'mcp_approval_response',
        approval_request_id: 'mcpr_1',
        approve: false,
        reason: 'Keep it.',
      },
    ]);
  });

  it('is decided on at once by its own onApproval, not by that of another server', async () => {
    const server = await withServer({ script: [asks, 'Done.'] });
    const asked: string[] = [];
    const other = hostedMcpTool({ ...docs, serverLabel: 'crm', onApproval: () => ({ approve: false }) });
    const own = hostedMcpTool<{ user: string }>({
      ...docs,
      onApproval: ({ context }, { name }) => {
        asked.push(`${context.user} ${name}`);
        return { approve: true };
      },
    });
    const agent = new Agent({ name: 'A', model: modelOf(server), tools: [other, own] });
    const { finalOutput } = await run(agent, 'Go', { context: { user: 'ann' } });
    expect(finalOutput).toBe('Done.');
    expect(asked).toEqual(['ann docs.delete']);
  });

  it('and the answer are events of a streamed run [STR-22]', async () => {
    const server = await withServer({ script: [asks, 'Done.'] });
    const tools = [hostedMcpTool({ ...docs, onApproval: () => ({ approve: true }) })];
    const agent = new Agent({ name: 'A', model: modelOf(server), tools });
    const told: unknown[] = [];
    for await (const event of await run(agent, 'Go', { stream: true })) {
      if (event.type === 'run_item_stream_event') told.push([event.name, event.item.rawItem.type]);
    }
    expect(told).toEqual([
      ['tool_called', 'hosted_approval_request'],
      ['tool_output', 'hosted_approval_response'],
      ['message_output_created', 'message'],
    ]);
  });

  it('once approved for good asks no more, the same tool of another server does [JS-49, HIT-04]', async () => {
    const again = { ...asks, id: 'mcpr_2' };
    const elsewhere = { ...asks, id: 'mcpr_3', server_label: 'crm' };
    const server = await withServer({ script: [asks, again, elsewhere] });
    const tools = [hostedMcpTool(docs), hostedMcpTool({ ...docs, serverLabel: 'crm' })];
    const agent = new Agent({ name: 'A', model: modelOf(server), tools });
    const { state, interruptions } = await run(agent, 'Go');
    for (const each of interruptions) state.approve(each, { alwaysApprove: true });
    const result = await run(agent, state);
    expect(result.interruptions).toMatchObject([{ name: 'crm.delete' }]);
    expect(server.requests).toHaveLength(3);
    // What waits is left out of what is kept, and so is what stands open behind it.
    expect(result.history.map(({ type }) => type)).toEqual([
      'message',
      'hosted_approval_request',
      'hosted_approval_response',
      'hosted_approval_request',
      'hosted_approval_response',
    ]);
  });

  it('can not be given other arguments', async () => {
    const server = await withServer({ script: [asks] });
    const agent = new Agent({ name: 'A', model: modelOf(server), tools: [hostedMcpTool(docs)] });
    const { state, interruptions } = await run(agent, 'Go');
    for (const interruption of interruptions) state.approve(interruption, { arguments: '{}' });
    await expect(run(agent, state)).rejects.toThrow(/arguments of "docs.delete" cannot be changed/);
  });
});

it('an agent may have two hosted tools of a kind [JS-32]', async () => {
  const server = await withServer({ script: ['Done.'] });
  const tools = [
    hostedMcpTool({ serverLabel: 'a', serverUrl: 'https://a.example/mcp' }),
    hostedMcpTool({ serverLabel: 'b', serverUrl: 'https://b.example/mcp' }),
  ];
  await run(new Agent({ name: 'A', model: modelOf(server), tools }), 'Hello');
  expect(server.requests[0]?.body).toMatchObject({
    tools: [{ server_label: 'a' }, { server_label: 'b' }],
  });
});

it('tools of a namespace that were found by a search are called by their name [R6, JS-60]', async () => {
  const search = [
    { type: 'tool_search_call', id: 'tsc_1', call_id: null, execution: 'server', arguments: {}, status: 'completed' },
    { type: 'tool_search_output', id: 'tso_1', call_id: null, execution: 'server', tools: [], status: 'completed' },
  ];
  const call = { ...functionCall('find', { name: 'Ann' }), namespace: 'crm' };
  const server = await withServer({ script: [[...search, call], 'Found.'] });
  const find = tool({
    name: 'find',
    description: 'Finds a customer.',
    parameters: z.object({ name: z.string() }),
    deferLoading: true,
    execute: ({ name }) => `${name} is here`,
  });
  const tools = [
    ...toolNamespace({ name: 'crm', description: 'Customers.', tools: [find] }),
    toolSearchTool(),
  ];
  const { finalOutput } = await run(new Agent({ name: 'A', model: modelOf(server), tools }), 'Ann?');
  expect(finalOutput).toBe('Found.');
  expect(server.requests[0]?.body['tools']).toMatchObject([
    {
      type: 'namespace',
      name: 'crm',
      description: 'Customers.',
      tools: [{ type: 'function', name: 'find', defer_loading: true }],
    },
    { type: 'tool_search' },
  ]);
  expect(server.requests[1]?.body['input']).toMatchObject([
    { role: 'user' },
    { type: 'tool_search_call' },
    { type: 'tool_search_output' },
    { type: 'function_call', name: 'find', namespace: 'crm' },
    { type: 'function_call_output', output: 'Ann is here' },
  ]);
});
