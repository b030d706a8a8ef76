import { describe, expect, it } from 'vitest';
import { createTracing } from '../src/index.js';
import type { Span, Tracing } from '../src/index.js';
import { Recorder } from './support/recorder.js';

/** A kind, what makes a span of it, what calls a function inside one, and its data on the wire. */
type Kind = [string, string, (tracing: Tracing) => Span, (tracing: Tracing, fn: () => Promise<number>) => Promise<number>, object];

describe('spans of every kind', () => {
  it.each<Kind>([
    [
      'agent',
      'spans of their kind [TR-11]',
      (t) => t.createAgentSpan({ data: { name: 'A', handoffs: ['B'], tools: ['act'], output_type: 'text' } }),
      (t, fn) => t.withAgentSpan(fn, { data: { name: 'A', handoffs: ['B'], tools: ['act'], output_type: 'text' } }),
      { type: 'agent', name: 'A', handoffs: ['B'], tools: ['act'], output_type: 'text' },
    ],
    [
      'custom',
      'spans of their kind [TR-12]',
      (t) => t.createCustomSpan({ data: { name: 'mine', data: { a: [1] } } }),
      (t, fn) => t.withCustomSpan(fn, { data: { name: 'mine', data: { a: [1] } } }),
      { type: 'custom', name: 'mine', data: { a: [1] } },
    ],
    [
      'function',
      'spans of their kind [TR-13]',
      (t) => t.createFunctionSpan({ data: { name: 'act', input: '{}', output: '', mcp_data: '{"server":"files"}' } }),
      (t, fn) => t.withFunctionSpan(fn, { data: { name: 'act', input: '{}', output: '', mcp_data: '{"server":"files"}' } }),
      { type: 'function', name: 'act', input: '{}', output: '', mcp_data: '{"server":"files"}' },
    ],
    [
      'generation',
      'spans of their kind [TR-14]',
      (t) => t.createGenerationSpan({ data: { input: [{ role: 'user' }], model: 'm', model_config: { temperature: 0 }, usage: { input_tokens: 1 } } }),
      (t, fn) => t.withGenerationSpan(fn, { data: { input: [{ role: 'user' }], model: 'm', model_config: { temperature: 0 }, usage: { input_tokens: 1 } } }),
      { type: 'generation', input: [{ role: 'user' }], model: 'm', model_config: { temperature: 0 }, usage: { input_tokens: 1 } },
    ],
    [
      'response',
      'spans of their kind [TR-15]',
      (t) => t.createResponseSpan({ data: { response_id: 'resp_1', _input: 'kept here', _response: { id: 'resp_1' } } }),
      (t, fn) => t.withResponseSpan(fn, { data: { response_id: 'resp_1', _input: 'kept here', _response: { id: 'resp_1' } } }),
      { type: 'response', response_id: 'resp_1' },
    ],
    [
      'guardrail',
      'spans of their kind [TR-16]',
      (t) => t.createGuardrailSpan({ data: { name: 'topic' } }),
      (t, fn) => t.withGuardrailSpan(fn, { data: { name: 'topic' } }),
      { type: 'guardrail', name: 'topic', triggered: false },
    ],
    [
      'handoff',
      'spans of their kind [TR-17]',
      (t) => t.createHandoffSpan({ data: { from_agent: 'A', to_agent: 'B' } }),
      (t, fn) => t.withHandoffSpan(fn, { data: { from_agent: 'A', to_agent: 'B' } }),
      { type: 'handoff', from_agent: 'A', to_agent: 'B' },
    ],
    [
      'mcp_tools',
      'spans of their kind [TR-18]',
      (t) => t.createMCPListToolsSpan({ data: { server: 'files', result: ['read'] } }),
      (t, fn) => t.withMCPListToolsSpan(fn, { data: { server: 'files', result: ['read'] } }),
      { type: 'mcp_tools', server: 'files', result: ['read'] },
    ],
    [
      'transcription',
      'spans of their kind [TR-19]',
      (t) => t.createTranscriptionSpan({ data: { model: 'stt', input: { data: 'AAAA', format: 'pcm' }, output: 'Hi', model_config: { temperature: 0 } } }),
      (t, fn) => t.withTranscriptionSpan(fn, { data: { model: 'stt', input: { data: 'AAAA', format: 'pcm' }, output: 'Hi', model_config: { temperature: 0 } } }),
      { type: 'transcription', model: 'stt', input: { data: 'AAAA', format: 'pcm' }, output: 'Hi', model_config: { temperature: 0 } },
    ],
    [
      'speech',
      'spans of their kind [TR-20]',
      (t) => t.createSpeechSpan({ data: { model: 'tts', input: 'Hi', output: { data: 'AAAA', format: 'pcm' }, first_content_at: '2026-01-01T00:00:00.000Z' } }),
      (t, fn) => t.withSpeechSpan(fn, { data: { model: 'tts', input: 'Hi', output: { data: 'AAAA', format: 'pcm' }, first_content_at: '2026-01-01T00:00:00.000Z' } }),
      { type: 'speech', model: 'tts', input: 'Hi', output: { data: 'AAAA', format: 'pcm' }, first_content_at: '2026-01-01T00:00:00.000Z' },
    ],
    [
      'speech_group',
      'spans of their kind [TR-21]',
      (t) => t.createSpeechGroupSpan({ data: { input: 'Hi' } }),
      (t, fn) => t.withSpeechGroupSpan(fn, { data: { input: 'Hi' } }),
      { type: 'speech_group', input: 'Hi' },
    ],
    [
      'task',
      'spans of their kind [TRC-15]',
      (t) => t.createTaskSpan({ data: { name: 'All' } }),
      (t, fn) => t.withTaskSpan(fn, { data: { name: 'All' } }),
      { type: 'task', name: 'All' },
    ],
    [
      'turn',
      'spans of their kind [TRC-15]',
      (t) => t.createTurnSpan({ data: { turn: 2, agent_name: 'A' } }),
      (t, fn) => t.withTurnSpan(fn, { data: { turn: 2, agent_name: 'A' } }),
      { type: 'turn', turn: 2, agent_name: 'A' },
    ],
  ])('%s: made but not started, or around a function; with its data on the wire: %s [TR-41]', async (type, _id, make, wrap, data) => {
    const recorder = new Recorder();
    const tracing = createTracing({ processors: [recorder] });
    const given = await tracing.withTrace('T', async () => {
      const made = make(tracing);
      expect(made.startedAt).toBeNull();
      made.start();
      made.end();
      return wrap(tracing, () => Promise.resolve(42));
    });
    expect(given).toBe(42);
    expect(recorder.spans.map((span) => span.spanData.type)).toEqual([type, type]);
    for (const span of recorder.spans) {
      expect(span.toJSON()).toEqual({
        object: 'trace.span',
        id: span.spanId,
        trace_id: span.traceId,
        parent_id: null,
        started_at: span.startedAt,
        ended_at: span.endedAt,
        span_data: data,
        error: null,
      });
    }
  });

  it('go without options where nothing is required, and below a parent that is given [TR-22]', () => {
    const tracing = createTracing({ processors: [new Recorder()] });
    const trace = tracing.createTrace();
    const agent = tracing.createAgentSpan(undefined, trace);
    expect(agent.spanData).toEqual({ type: 'agent', name: 'Agent' });
    expect(tracing.createGenerationSpan({}, agent).parent).toBe(agent);
    expect(tracing.createTaskSpan({}, trace).spanData.name).toBe('Agent workflow');
  });

  it('keep an output that is empty, and what is set on them later', async () => {
    const recorder = new Recorder();
    const tracing = createTracing({ processors: [recorder] });
    await tracing.withTrace('T', () =>
      tracing.withFunctionSpan(
        (span) => {
          span.spanData.output = '';
        },
        { data: { name: 'act' } },
      ),
    );
    expect(recorder.spans[0]?.spanData).toEqual({ type: 'function', name: 'act', output: '' });
  });
});
