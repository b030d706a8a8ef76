import { ModelBehaviorError, UserError } from '@baton/core/model';
import { responseOf } from '@baton/openai-shared/test-support';
import { describe, expect, it } from 'vitest';
import type { Wire } from './fixtures/wire-shape.js';
import {
  aCall,
  aChunk,
  args,
  aStream,
  callsIn,
  readChunks,
  readStream,
  told,
} from './support/read.js';

/** A stream of chunks, each with these pieces of calls. */
function callStream(chunks: readonly (readonly Wire[])[], finish = 'tool_calls'): readonly Wire[] {
  return aStream(
    chunks.map((pieces) => ({ tool_calls: pieces })),
    finish,
  );
}

describe('calls in pieces', () => {
  it('are told as soon as id and name are sure, and their arguments as they come [CC-7]', () => {
    const chunks = callStream([
      [aCall('call_1', 'f', '', { index: 0 })],
      [args(0, '{"a"')],
      [args(0, ':1}')],
    ]);
    const events = readChunks(chunks);
    expect(told(events).slice(1, -3)).toEqual([
      'tool_call_start 0',
      'tool_call_arguments_delta 0 {"a"',
      'tool_call_arguments_delta 0 :1}',
    ]);
    expect(events.find((event) => event.type === 'tool_call_start')).toMatchObject({
      callId: 'call_1',
      name: 'f',
    });
    expect(callsIn(responseOf(events))).toEqual(['call_1 f {"a":1}']);
  });

  it('that are interleaved stay apart', () => {
    const chunks = callStream([
      [aCall('call_1', 'f', '{', { index: 0 }), aCall('call_2', 'g', '', { index: 1 })],
      [args(1, '{"b"'), args(0, '"a"')],
      [args(0, ':1}')],
      [args(1, ':2}')],
    ]);
    expect(callsIn(readStream(chunks))).toEqual(['call_1 f {"a":1}', 'call_2 g {"b":2}']);
  });

  it('without arguments are told at the end', () => {
    const events = readChunks(callStream([[aCall('call_1', 'f', '', { index: 0 })]]));
    expect(told(events).slice(1, -1)).toEqual([
      'tool_call_start 0',
      'tool_call_end 0',
      'output_item_done 0',
    ]);
  });

  it('keep what a server puts on them, from whichever piece [JS-114] [CHT-08]', () => {
    const google = (fields: Wire) => ({ extra_content: { google: fields } });
    const chunks = callStream([
      [aCall('call_1', 'f', '', { index: 0, ...google({ thought_signature: 'seal' }) })],
      [{ ...args(0, '{"a":1}'), ...google({}) }],
    ]);
    expect(readStream(chunks).output[0]?.providerData).toMatchObject(
      google({ thought_signature: 'seal' }),
    );
  });
});

describe('names', () => {
  const names: readonly [string, readonly string[], readonly string[], string][] = [
    ['come in pieces [D10]', ['get_', 'weather'], ['', ''], 'get_weather'],
    [
      'are repeated with each piece [CC-7]',
      ['get_weather', 'get_weather'],
      ['', '{"a":1}'],
      'get_weather',
    ],
    [
      'are repeated after the arguments began',
      ['get_weather', 'get_weather'],
      ['{"a"', ':1}'],
      'get_weather',
    ],
    ['grow from piece to piece', ['get_', 'get_weather'], ['', ''], 'get_weather'],
    ['have the same piece twice, where such a tool is offered', ['go', 'go'], ['', ''], 'gogo'],
  ];
  it.each(names)('that %s are whole [D10, CC-7]', (_what, pieces, fragments, name) => {
    const chunks = callStream(
      pieces.map((piece, at) => [
        {
          index: 0,
          ...(at === 0 && { id: 'call_1' }),
          function: { name: piece, arguments: fragments[at] ?? '' },
        },
      ]),
    );
    const events = readChunks(chunks, { offers: (offered) => offered === 'gogo' });
    expect(responseOf(events).output).toMatchObject([{ name }]);
    expect(events.find((event) => event.type === 'tool_call_start')).toMatchObject({ name });
  });

  it('that change after the arguments began stay as they were told', () => {
    const pieces = [
      aCall('call_1', 'f', '{"a"', { index: 0 }),
      { index: 0, function: { name: 'g', arguments: ':1}' } },
    ];
    expect(callsIn(readStream(callStream(pieces.map((piece) => [piece]))))).toEqual([
      'call_1 f {"a":1}',
    ]);
  });

  it('in pieces are whole without indexes and ids, too, where such a tool is offered', () => {
    const chunks = callStream([
      [{ function: { name: 'get_' } }],
      [{ function: { name: 'weather', arguments: '{}' } }],
    ]);
    const offers = (name: string): boolean => name === 'get_weather';
    expect(callsIn(readStream(chunks, { offers }))).toEqual(['call_1_1 get_weather {}']);
  });

  it('that never come are an error of the model', () => {
    const chunks = callStream([[{ index: 0, id: 'call_1', function: { arguments: '{}' } }]]);
    expect(() => readStream(chunks)).toThrow(ModelBehaviorError);
  });
});

describe('ids', () => {
  it('that never come are made, the same whenever the completion is read [D11]', () => {
    const chunks = callStream([
      [{ index: 0, function: { name: 'f', arguments: '{}' } }],
      [{ index: 1, id: null, function: { name: 'g', arguments: '{}' } }],
    ]);
    expect(callsIn(readStream(chunks))).toEqual(['call_1_1 f {}', 'call_1_2 g {}']);
    expect(callsIn(readStream(chunks))).toEqual(['call_1_1 f {}', 'call_1_2 g {}']);
  });

  it('that come late are waited for; the order stays [CHT-06]', () => {
    const chunks = callStream([
      [{ index: 0, function: { name: 'f', arguments: '{"a":1}' } }],
      [aCall('call_2', 'g', '{"b":2}', { index: 1 })],
      [{ index: 0, id: 'call_1' }],
    ]);
    const events = readChunks(chunks);
    expect(told(events).filter((line) => line.startsWith('tool_call_start'))).toEqual([
      'tool_call_start 1',
      'tool_call_start 0',
    ]);
    expect(callsIn(responseOf(events))).toEqual(['call_1 f {"a":1}', 'call_2 g {"b":2}']);
  });

  it('that are new in every piece are one call [D11]', () => {
    const chunks = callStream([
      [aCall('call_1', 'f', '', { index: 0 })],
      [{ id: 'call_x', ...args(0, '{"a"') }],
      [{ id: 'call_y', ...args(0, ':1}') }],
    ]);
    expect(callsIn(readStream(chunks))).toEqual(['call_1 f {"a":1}']);
  });

  it('that two calls have in common are told apart [D11]', () => {
    const chunks = callStream([
      [aCall('same', 'f', '{"a":1', { index: 0 })],
      [aCall('same', 'g', '{"b":2', { index: 1 })],
      [{ id: 'same', ...args(0, '}') }],
      [{ id: 'same', ...args(1, '}') }],
    ]);
    expect(callsIn(readStream(chunks))).toEqual(['same f {"a":1}', 'same_2 g {"b":2}']);
  });
});

describe('ids that whole calls have in common', () => {
  const first = aCall('same', 'f', '{"a":1}');
  const second = aCall('same', 'f', '{"a":2}');

  it.each([
    ['in chunks of their own', [[first], [second]]],
    ['in one chunk', [[first, second]]],
    ['counted as the first', [[{ ...first, index: 0 }], [{ ...second, index: 0 }]]],
    [
      'in pieces',
      [
        [aCall('same', 'f', '{"a":1')],
        [{ id: 'same', function: { arguments: '}' } }],
        [aCall('same', 'f', '{"a":2')],
        [{ id: 'same', function: { arguments: '}' } }],
      ],
    ],
  ])('do not make them one: %s [D11]', (_, chunks) => {
    expect(callsIn(readStream(callStream(chunks)))).toEqual(['same f {"a":1}', 'same_2 f {"a":2}']);
  });

  it('nor does a piece said twice make them two', () => {
    const chunks = callStream([[aCall('same', 'f', '{"a"')], [aCall('same', 'f', ':1}')]]);
    expect(callsIn(readStream(chunks))).toEqual(['same f {"a":1}']);
  });
});

describe('indexes', () => {
  const both = ['call_1 f {"a":1}', 'call_2 g {"b":2}'];
  const streams: readonly [string, readonly (readonly Wire[])[], readonly string[]][] = [
    [
      'that are missing: by id',
      [
        [aCall('call_1', 'f', '{"a"')],
        [aCall('call_2', 'g', '{"b"')],
        [{ id: 'call_1', function: { arguments: ':1}' } }],
        [{ id: 'call_2', function: { arguments: ':2}' } }],
      ],
      both,
    ],
    [
      'that are missing, as ids are but once: by order',
      [
        [aCall('call_1', 'f', '{"a"')],
        [{ function: { arguments: ':1}' } }],
        [aCall('call_2', 'g', '{"b"')],
        [{ function: { arguments: ':2}' } }],
      ],
      both,
    ],
    [
      'that are missing, whole calls in one chunk',
      [[aCall('call_1', 'f', '{"a":1}'), aCall('call_2', 'g', '{"b":2}')]],
      both,
    ],
    [
      'that are 0 for all, with ids',
      [
        [aCall('call_1', 'f', '{"a":1}', { index: 0 })],
        [aCall('call_2', 'g', '{"b":2}', { index: 0 })],
      ],
      both,
    ],
    [
      'that are 0 for all, without ids',
      [[aCall('', 'f', '{"a":1}', { index: 0 })], [aCall('', 'f', '{"b":2}', { index: 0 })]],
      ['call_1_1 f {"a":1}', 'call_1_2 f {"b":2}'],
    ],
    [
      'that are 0 for all, without ids and arguments',
      [[aCall('', 'f', '{}', { index: 0 })], [aCall('', 'g', '{}', { index: 0 })]],
      ['call_1_1 f {}', 'call_1_2 g {}'],
    ],
    [
      'that are 0 for all, without ids, the same tool first without arguments',
      ['{}', '{"a":1}', '{"b":2}'].map((text) => [aCall('', 'f', text, { index: 0 })]),
      ['call_1_1 f {}', 'call_1_2 f {"a":1}', 'call_1_3 f {"b":2}'],
    ],
    [
      'that are 0 for all, after a leading `{}`, under a name said again',
      [
        [aCall('', 'f', '{}', { index: 0 })],
        [{ index: 0, function: { name: 'f', arguments: '{"a"' } }],
        [args(0, ':1}')],
        [aCall('', 'f', '{"b":2}', { index: 0 })],
      ],
      ['call_1_1 f {"a":1}', 'call_1_2 f {"b":2}'],
    ],
    [
      'that are missing, without ids, in one chunk',
      [[aCall('', 'f', ''), aCall('', 'g', '')]],
      ['call_1_1 f ', 'call_1_2 g '],
    ],
    [
      'that are missing, without ids, the same tool twice in one chunk',
      [[aCall('', 'f', ''), aCall('', 'f', '')]],
      ['call_1_1 f ', 'call_1_2 f '],
    ],
    [
      'that are missing, without ids and arguments',
      [[aCall('', 'f', '')], [aCall('', 'g', '')]],
      ['call_1_1 f ', 'call_1_2 g '],
    ],
    [
      'that are 0 for all, without ids and arguments, where both tools are offered',
      [[aCall('', 'offered_f', '', { index: 0 })], [aCall('', 'offered_g', '', { index: 0 })]],
      ['call_1_1 offered_f ', 'call_1_2 offered_g '],
    ],
    [
      'that begin at 1, and entries that say nothing',
      [[{ index: 0 }, aCall('call_1', 'f', '{"a":1}', { index: 1 })], [{ index: 0, function: {} }]],
      ['call_1 f {"a":1}'],
    ],
  ];
  it.each(streams)('%s', (_what, chunks, calls) => {
    const offers = (name: string): boolean => /^offered_.$/.test(name);
    expect(callsIn(readStream(callStream(chunks), { offers }))).toEqual(calls);
  });
});

describe('a leading `{}` [JS-113]', () => {
  it.each([
    [['{}', '{"a":1}'], '{"a":1}'],
    [['{', '}', '{', '"a":1}'], '{"a":1}'],
    [['{ }', ' {"a":1}'], '{"a":1}'],
    [['{}', '{}'], '{}'],
    [['{}'], '{}'],
    [['{', '}'], '{}'],
    [['{'], '{'],
    [['{}x'], '{}x'],
  ])('in %j leaves %s, and was never told', (fragments, expected) => {
    const pieces = fragments.map((text) => [args(0, text)]);
    const events = readChunks(callStream([[aCall('call_1', 'f', '', { index: 0 })], ...pieces]));
    expect(responseOf(events).output).toMatchObject([{ arguments: expected }]);
    const deltas = events.flatMap((event) =>
      event.type === 'tool_call_arguments_delta' ? [event.delta] : [],
    );
    expect(deltas.join('')).toBe(expected);
  });
});

describe('custom tool calls in a stream [CHT-04]', () => {
  const pieces = [
    [{ index: 0, id: 'call_1', type: 'custom', custom: { name: 'sql', input: '' } }],
    [{ index: 0, custom: { input: 'select ' } }, aCall('call_2', 'f', '{}', { index: 1 })],
    [{ index: 0, custom: { input: '"x"' } }],
  ];

  it('are told when their text is complete, as the argument of a function', () => {
    expect(callsIn(readStream(callStream(pieces)))).toEqual([
      'call_1 sql {"input":"select \\"x\\""}',
      'call_2 f {}',
    ]);
  });

  it('are refused in strict mode', () => {
    expect(() => readStream(callStream(pieces), { strictFeatureValidation: true })).toThrow(
      UserError,
    );
  });
});

describe('buffered tool calls [CHT-08]', () => {
  const buffered = { bufferStreamedToolCalls: true };

  it('are told at the end, each in one piece, sorted by index, after what was said', () => {
    const chunks = aStream(
      [
        { tool_calls: [aCall('call_2', 'g', '{"b"', { index: 1 })] },
        { content: 'Hi' },
        { tool_calls: [aCall('call_1', 'f', '{}', { index: 0 }), args(1, ':2}')] },
      ],
      'tool_calls',
    );
    expect(told(readChunks(chunks, buffered)).slice(1)).toEqual([
      'output_text_start 0.0',
      'output_text_delta 0.0 Hi',
      'output_text_end 0.0',
      'output_item_done 0',
      'tool_call_start 1',
      'tool_call_arguments_delta 1 {}',
      'tool_call_end 1',
      'output_item_done 1',
      'tool_call_start 2',
      'tool_call_arguments_delta 2 {"b":2}',
      'tool_call_end 2',
      'output_item_done 2',
      'response_done',
    ]);
  });

  it('that never come, though the finish reason says so, are an error of the model', () => {
    expect(() => readStream(aStream([], 'tool_calls'), buffered)).toThrow(ModelBehaviorError);
  });

  it('without a name are an error, without an id get one', () => {
    const nameless = callStream([[{ index: 0, id: 'call_1', function: { arguments: '{}' } }]]);
    expect(() => readStream(nameless, buffered)).toThrow(ModelBehaviorError);
    const idless = callStream([[{ index: 0, function: { name: 'f', arguments: '{}' } }]]);
    expect(callsIn(readStream(idless, buffered))).toEqual(['call_1_1 f {}']);
  });

  it.each(['length', 'content_filter'])('that were cut off by %s say so', (reason) => {
    const chunks = [
      aChunk({ tool_calls: [aCall('c', 'f', '{"a', { index: 0 })] }),
      aChunk({}, reason),
    ];
    expect(readStream(chunks, buffered)).toMatchObject({
      finishReason: reason,
      output: [{ status: 'incomplete' }],
    });
  });
});
