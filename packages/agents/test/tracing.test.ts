import type { Model } from '@baton/core';
import { ScriptedModel } from '@baton/core/testing';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type * as AgentsModule from '../src/index.js';
import type { OpenAIClientLike, SpanRecord, TraceRecord, TracingProcessor } from '../src/index.js';

type Agents = typeof AgentsModule;

/** The umbrella as a process has it that was just started: its defaults are the process's. */
async function fresh(env: Record<string, string> = {}): Promise<Agents> {
  vi.resetModules();
  for (const name of VARIABLES) vi.stubEnv(name, '');
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  const agents = await import('../src/index.js');
  started.push(agents);
  return agents;
}

const VARIABLES = [
  'OPENAI_API_KEY',
  'OPENAI_BASE_URL',
  'OPENAI_AGENTS_DISABLE_TRACING',
  'OPENAI_AGENTS_DONT_LOG_MODEL_DATA',
  'OPENAI_AGENTS_DONT_LOG_TOOL_DATA',
  'NODE_ENV',
];
const started: Agents[] = [];

class Recorder implements TracingProcessor {
  readonly traces: TraceRecord[] = [];
  readonly spans: SpanRecord[] = [];

  onTraceStart(trace: TraceRecord): void {
    this.traces.push(trace);
  }

  onTraceEnd(): void {
    // kept at its start
  }

  onSpanStart(): void {
    // kept at its end
  }

  onSpanEnd(span: SpanRecord): void {
    this.spans.push(span);
  }

  shutdown(): Promise<void> {
    return Promise.resolve();
  }

  forceFlush(): Promise<void> {
    return Promise.resolve();
  }

  /** The keys that the traces would be sent to OpenAI with. */
  get keys(): (string | undefined)[] {
    return this.traces.map((trace) => trace.tracingApiKey);
  }
}

/** A provider of models by name that says of itself what the default one does, and answers without a network. */
function scriptedBy(agents: Agents, options: ConstructorParameters<Agents['OpenAIProvider']>[0] = {}): InstanceType<Agents['OpenAIProvider']> {
  class ScriptedProvider extends agents.OpenAIProvider {
    override getModel(): Model {
      return new ScriptedModel(['Done']);
    }
  }
  return new ScriptedProvider(options);
}

/** In the place of the one that sends to OpenAI: no test may. */
function recordWith(agents: Agents): Recorder {
  const recorder = new Recorder();
  agents.setTraceProcessors([recorder]);
  return recorder;
}

/** What a client has that is asked for here. */
function clientOf(apiKey: string, baseURL = 'https://api.openai.com/v1'): OpenAIClientLike {
  return { apiKey, baseURL, post: () => ({ asResponse: () => Promise.reject(new Error('not to be called')) }) } as OpenAIClientLike; // with its key
}

beforeEach(() => {
  vi.spyOn(console, 'warn').mockImplementation(() => undefined);
});

afterEach(async () => {
  await Promise.all(started.splice(0).map((agents) => agents.getGlobalTraceProvider().shutdown()));
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

describe('runs are traced without being asked to', () => {
  it('with the key of the environment where they talk to OpenAI [TR-2, TR-36, CF-1]', async () => {
    const agents = await fresh({ OPENAI_API_KEY: 'sk-env' });
    const recorder = recordWith(agents);
    await agents.run(new agents.Agent({ name: 'A' }), 'Hi', { modelProvider: scriptedBy(agents) });
    expect(recorder.keys).toEqual(['sk-env']);
    expect(recorder.spans.map((span) => span.spanData.type)).toEqual(['generation', 'turn', 'agent', 'task']);
  });

  it.each([
    ['another server by OPENAI_BASE_URL', { OPENAI_BASE_URL: 'http://localhost:11434/v1' }, {}],
    ['another server by option', {}, { baseURL: 'https://openrouter.ai/api/v1' }],
    ['a server that only looks like it', {}, { baseURL: 'https://api.openai.com.evil.example/v1' }],
  ])('and nothing is sent to OpenAI of runs that talk to %s: their key is none of its business', async (_where, env, options) => {
    const agents = await fresh({ OPENAI_API_KEY: 'sk-env', ...env });
    const recorder = recordWith(agents);
    await agents.run(new agents.Agent({ name: 'A' }), 'Hi', { modelProvider: scriptedBy(agents, options) });
    expect(recorder.keys).toEqual(['']);
  });

  it('and nothing is sent of models of somebody else', async () => {
    const agents = await fresh({ OPENAI_API_KEY: 'sk-env' });
    const recorder = recordWith(agents);
    await agents.run(new agents.Agent({ name: 'A', model: new ScriptedModel(['Done']) }), 'Hi');
    await agents.run(new agents.Agent({ name: 'A' }), 'Hi', { modelProvider: { getModel: () => new ScriptedModel(['Done']) } });
    expect(recorder.keys).toEqual(['', '']);
  });

  it.each([
    ['OpenAI', 'https://api.openai.com/v1', 'sk-env'],
    ['another server', 'http://localhost:11434/v1', ''],
  ])('and a model that is given as an object and says that it is at %s is that server\'s', async (_where, baseURL, key) => {
    const agents = await fresh({ OPENAI_API_KEY: 'sk-env' });
    const recorder = recordWith(agents);
    const model = Object.assign(new ScriptedModel(['Done']), { baseURL });
    await agents.run(new agents.Agent({ name: 'A', model }), 'Hi');
    expect(recorder.keys).toEqual([key]);
  });

  it('and nothing is even recorded where nobody would be told', async () => {
    const agents = await fresh({ OPENAI_API_KEY: 'sk-env' });
    const seen: unknown[] = [];
    const tool = agents.tool({ name: 'look', execute: () => String(seen.push(agents.getCurrentSpan())) });
    const { functionCall } = await import('@baton/core/testing');
    const model = new ScriptedModel([functionCall('look', {}), 'Done']);
    await agents.run(new agents.Agent({ name: 'A', model, tools: [tool] }), 'Hi');
    expect(seen).toEqual([null]);
  });

  it('unless a key was set for tracing, which is for every model [TR-39, CF-8]', async () => {
    const agents = await fresh();
    agents.setTracingExportApiKey('sk-traces');
    const recorder = recordWith(agents);
    await agents.run(new agents.Agent({ name: 'A', model: new ScriptedModel(['Done']) }), 'Hi');
    expect(recorder.keys).toEqual(['sk-traces']);
  });

  it('with the default key, unless it is not for tracing, and only where the run talks to OpenAI [CF-2]', async () => {
    const agents = await fresh();
    const recorder = recordWith(agents);
    const runWith = (options = {}): Promise<unknown> =>
      agents.run(new agents.Agent({ name: 'A' }), 'Hi', { modelProvider: scriptedBy(agents, options) });
    agents.setDefaultOpenAIKey('sk-not', { useForTracing: false });
    await runWith();
    agents.setDefaultOpenAIKey('sk-default');
    await runWith();
    await runWith({ baseURL: 'http://localhost:1234/v1' });
    expect(recorder.keys).toEqual(['', 'sk-default', '']);
  });

  it('with the key of the default client, where that talks to OpenAI [CF-3]', async () => {
    const agents = await fresh();
    const recorder = recordWith(agents);
    const runOnce = (): Promise<unknown> => agents.run(new agents.Agent({ name: 'A' }), 'Hi', { modelProvider: scriptedBy(agents) });
    agents.setDefaultOpenAIClient(clientOf('sk-client'));
    await runOnce();
    agents.setDefaultOpenAIClient(clientOf('sk-else', 'https://example.com/v1'));
    await runOnce();
    expect(recorder.keys).toEqual(['sk-client', '']);
  });

  it('with the key of the run before any other [TRC-14]', async () => {
    const agents = await fresh({ OPENAI_API_KEY: 'sk-env' });
    const recorder = recordWith(agents);
    await agents.run(new agents.Agent({ name: 'A', model: new ScriptedModel(['Done']) }), 'Hi', { tracing: { apiKey: 'sk-run' } });
    expect(recorder.keys).toEqual(['sk-run']);
  });

  it.each([
    [{ OPENAI_AGENTS_DISABLE_TRACING: '1' }],
    [{ OPENAI_AGENTS_DISABLE_TRACING: 'TRUE' }],
    [{ NODE_ENV: 'test' }],
  ])('unless the environment says %j; setTracingDisabled() wins over it [TR-2, TR-38, CF-8]', async (env) => {
    const agents = await fresh(env);
    const recorder = recordWith(agents);
    const runOnce = (): Promise<unknown> => agents.run(new agents.Agent({ name: 'A', model: new ScriptedModel(['Done']) }), 'Hi');
    await runOnce();
    expect(recorder.traces).toEqual([]);
    agents.setTracingDisabled(false);
    await runOnce();
    expect(recorder.traces).toHaveLength(1);
    agents.setTracingDisabled(true);
    await runOnce();
    expect(recorder.traces).toHaveLength(1);
  });

  it('unless the run or its runner has a tracer of its own, or tracing is off for it [RC-7]', async () => {
    const agents = await fresh();
    const recorder = recordWith(agents);
    const own = new Recorder();
    const tracer = agents.createTracing({ processors: [own] });
    const agent = (): InstanceType<Agents['Agent']> => new agents.Agent({ name: 'A', model: new ScriptedModel(['Done']) });
    await new agents.Runner({ tracer }).run(agent(), 'Hi');
    await agents.run(agent(), 'Hi', { tracer });
    await agents.run(agent(), 'Hi', { tracingDisabled: true });
    expect(recorder.traces).toEqual([]);
    expect(own.traces).toHaveLength(2);
  });

  it('and nothing is made or listened to by importing the package [TRC-04]', async () => {
    const before = process.listenerCount('beforeExit');
    const agents = await fresh({ OPENAI_API_KEY: 'sk-env' });
    expect(process.listenerCount('beforeExit')).toBe(before);
    recordWith(agents);
    await agents.withTrace('T', () => undefined);
    expect(process.listenerCount('beforeExit')).toBe(before + 1);
    await agents.getGlobalTraceProvider().shutdown();
  });
});

describe('the functions of the package', () => {
  it('make one story of several runs, with the key of the default client [TR-3, TR-45]', async () => {
    const agents = await fresh({ OPENAI_API_KEY: 'sk-env' });
    const recorder = recordWith(agents);
    await agents.withTrace('Story', async (trace) => {
      expect(agents.getCurrentTrace()).toBe(trace);
      await agents.run(new agents.Agent({ name: 'A' }), 'Hi', { modelProvider: scriptedBy(agents) });
      await agents.withCustomSpan((span) => expect(agents.getCurrentSpan()).toBe(span), { data: { name: 'mine' } });
      await agents.getOrCreateTrace(() => expect(agents.getCurrentTrace()).toBe(trace));
    });
    expect(recorder.traces.map((trace) => trace.name)).toEqual(['Story']);
    expect(recorder.keys).toEqual(['sk-env']);
    expect(recorder.spans.map((span) => span.tracingApiKey)).toEqual(recorder.spans.map(() => 'sk-env'));
  });

  it('keep what is not OpenAI\'s business out of a story that is', async () => {
    const agents = await fresh({ OPENAI_API_KEY: 'sk-env' });
    const recorder = recordWith(agents);
    await agents.withTrace('Story', () => agents.run(new agents.Agent({ name: 'A', model: new ScriptedModel(['Done']) }), 'Hi'));
    expect(recorder.keys).toEqual(['sk-env']);
    expect(new Set(recorder.spans.map((span) => span.tracingApiKey))).toEqual(new Set(['']));
  });

  it('make every kind of span', async () => {
    const agents = await fresh();
    const recorder = recordWith(agents);
    await agents.withTrace('T', async () => {
      await agents.withAgentSpan(() => undefined);
      await agents.withFunctionSpan(() => undefined, { data: { name: 'f' } });
      await agents.withMCPListToolsSpan(() => undefined);
      const span = agents.createHandoffSpan({ data: { from_agent: 'A', to_agent: 'B' } });
      span.start();
      span.end();
    });
    expect(recorder.spans.map((span) => span.spanData.type)).toEqual(['agent', 'function', 'mcp_tools', 'handoff']);
  });

  it('carry a trace to where it would be lost', async () => {
    const agents = await fresh();
    recordWith(agents);
    const contexts = await agents.withTrace('T', () => [
      Promise.resolve(agents.getCurrentTraceContext()),
      agents.withCustomSpan(() => agents.getCurrentTraceContext(), { data: { name: 'x' } }),
    ]);
    expect(agents.getCurrentTraceContext()).toBeNull();
    for (const context of await Promise.all(contexts)) {
      agents.withTraceContext(context, () => expect(agents.getCurrentTraceContext()).toEqual(context));
    }
    agents.withTraceContext(null, () => expect(agents.getCurrentTrace()).toBeNull());
  });

  it('add a processor beside OpenAI\'s, replace all, and bring OpenAI\'s back [TR-37]', async () => {
    const agents = await fresh();
    const [beside, instead] = [new Recorder(), new Recorder()];
    agents.addTraceProcessor(beside);
    expect(agents.getGlobalTraceProvider().processors).toHaveLength(2);
    await agents.withTrace('Beside', () => undefined);
    agents.setTraceProcessors([instead]);
    await agents.withTrace('Instead', () => undefined);
    agents.setDefaultOpenAITracingExporter();
    await agents.withTrace('OpenAI only', () => undefined);
    expect(beside.traces.map((trace) => trace.name)).toEqual(['Beside']);
    expect(instead.traces.map((trace) => trace.name)).toEqual(['Instead']);
    agents.startTraceExportLoop();
  });

  it('take ids of the app\'s own', async () => {
    const agents = await fresh();
    const recorder = recordWith(agents);
    agents.setTracingIdGenerator({ generateTraceId: () => 'trace_mine' });
    await agents.withTrace('T', () => undefined);
    expect(recorder.traces[0]?.traceId).toBe('trace_mine');
  });
});

describe('to OpenAI', () => {
  it('a run is sent whole, with its key, when the process has nothing else to do or is asked to', async () => {
    const received: { authorization: string | undefined; text: string }[] = [];
    const server = createServer((request, response) => {
      let text = '';
      request.on('data', (chunk) => (text += String(chunk)));
      request.on('end', () => {
        received.push({ authorization: request.headers.authorization, text });
        response.end();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo; // a TCP server has one
    const agents = await fresh({ OPENAI_API_KEY: 'sk-env-0123456789', MY_SERVICE_TOKEN: 'plain-looking-value' });
    const exporter = new agents.OpenAITracingExporter({ endpoint: `http://127.0.0.1:${port}/` });
    agents.setTraceProcessors([new agents.BatchTraceProcessor(exporter)]);
    const question = 'My token is plain-looking-value and my key sk-env-0123456789';
    await agents.run(new agents.Agent({ name: 'A' }), question, { modelProvider: scriptedBy(agents) });
    await agents.getGlobalTraceProvider().forceFlush();
    await new Promise<void>((resolve) => server.close(() => resolve()));
    expect(received.map(({ authorization }) => authorization)).toEqual(['Bearer sk-env-0123456789']);
    expect(received[0]?.text).toContain('"trace.span"');
    expect(received[0]?.text).not.toContain('plain-looking-value');
    expect(received[0]?.text).not.toContain('sk-env');
  });
});

describe('the logger', () => {
  it('says warnings and errors on stderr, and nothing of data; another takes its place at once [CF-5, X-17]', async () => {
    const agents = await fresh();
    const stderr = vi.spyOn(console, 'warn');
    const stdout = vi.spyOn(console, 'log');
    agents.getLogger().warn('careful');
    agents.getLogger().debug('details');
    expect(stderr.mock.calls).toEqual([['careful']]);
    const lines: string[] = [];
    agents.setLogger(agents.createLogger({ level: 'debug', write: (level, message) => lines.push(`${level} ${message}`) }));
    agents.getLogger().debug('details');
    agents.getLogger().error('bad');
    agents.createAgentSpan();
    expect(lines.slice(0, 2)).toEqual(['debug details', 'error bad']);
    expect(lines[2]).toContain('error There is no trace for the span');
    expect(stdout).not.toHaveBeenCalled();
    agents.setLogger();
    agents.getLogger().warn('again');
    expect(stderr).toHaveBeenLastCalledWith('again');
  });

  it.each([
    ['debug', ['debug', 'warn', 'error']],
    ['warn', ['warn', 'error']],
    ['error', ['error']],
    ['silent', []],
  ] as const)('of level %s says %j [CF-5]', async (level, said) => {
    const { createLogger } = await fresh();
    const levels: string[] = [];
    const logger = createLogger({ level, write: (at) => levels.push(at) });
    logger.debug('');
    logger.warn('');
    logger.error('');
    expect(levels).toEqual(said);
  });

  it('tells what runs do once it is asked to, on stderr, and without data [CF-6, X-18]', async () => {
    const agents = await fresh();
    const stderr = vi.spyOn(console, 'warn');
    agents.enableVerboseLogging();
    agents.enableVerboseLogging();
    await agents.run(new agents.Agent({ name: 'A', model: new ScriptedModel(['a private answer']) }), 'a private question', { workflowName: 'W' });
    const lines = stderr.mock.calls.map(([line]) => String(line).replace(/trace_\w+/, 'ID').replace(/\d+ ms/, 'N ms'));
    expect(lines).toEqual([
      'trace "W" (ID) started',
      'generation scripted-model took N ms',
      'turn took N ms',
      'agent "A" took N ms',
      'task "W" took N ms',
      'trace "W" (ID) ended after N ms',
    ]);
  });

  it('tells data only where the environment asks for it, each of models and tools, and the run allows it [CF-7, X-18]', async () => {
    for (const [variable, said, unsaid] of [
      ['OPENAI_AGENTS_DONT_LOG_MODEL_DATA', 'a private question', 'a private output'],
      ['OPENAI_AGENTS_DONT_LOG_TOOL_DATA', 'a private output', 'a private question'],
    ] as const) {
      const agents = await fresh({ [variable]: '0' });
      const { functionCall } = await import('@baton/core/testing');
      const stderr = vi.spyOn(console, 'warn');
      agents.enableVerboseLogging();
      const look = agents.tool({ name: 'look', execute: () => 'a private output' });
      const once = (traceIncludeSensitiveData: boolean): Promise<unknown> => {
        const agent = new agents.Agent({ name: 'A', model: new ScriptedModel([functionCall('look', {})]), tools: [look], toolUseBehavior: 'stop_on_first_tool' });
        return agents.run(agent, 'a private question', { traceIncludeSensitiveData });
      };
      await once(false);
      expect(stderr.mock.calls.join('\n')).not.toContain('a private');
      await once(true);
      const text = stderr.mock.calls.join('\n');
      expect(text).toContain(said);
      expect(text).not.toContain(unsaid);
      stderr.mockClear();
    }
  });
});

describe('the API of models without a name', () => {
  it('is the one that was set: Responses unless it is Chat Completions [CF-4]', async () => {
    const agents = await fresh({ OPENAI_API_KEY: 'sk' });
    const kind = (): string => new agents.OpenAIProvider().getModel().constructor.name;
    expect(kind()).toBe('OpenAIResponsesModel');
    agents.setOpenAIAPI('chat_completions');
    expect(kind()).toBe('OpenAIChatCompletionsModel');
    agents.setOpenAIAPI('responses');
    expect(kind()).toBe('OpenAIResponsesModel');
  });
});
