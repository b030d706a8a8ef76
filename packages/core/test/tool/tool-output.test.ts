import { describe, expect, it } from 'vitest';
import { toolOutputText, toToolOutput } from '../../src/tool/index.js';

describe('what a model is shown of what a tool returned', () => {
  it.each<[what: string, value: unknown, shown: unknown]>([
    ['text as it is', 'Hello', 'Hello'],
    ['empty text as it is', '', ''],
    ['an object as JSON', { a: [1, null] }, '{"a":[1,null]}'],
    ['a number as JSON', 0, '0'],
    ['false as JSON', false, 'false'],
    ['null as JSON', null, 'null'],
    ['nothing as null', undefined, 'null'],
    ['an empty list as text [TOL-06, JS-33]', [], '[]'],
    ['a list of values as JSON', [1, 'a'], '[1,"a"]'],
    ['a list with one entry that is no part as JSON', [{ type: 'text', text: 'a' }, 'b'], '[{"type":"text","text":"a"},"b"]'],
    ['an object that only looks like a part as JSON', { type: 'text', body: 'a' }, '{"type":"text","body":"a"}'],
    ['what JSON cannot say as text', 12n, '12'],
    ['one text part as a part', { type: 'text', text: 'a' }, [{ type: 'input_text', text: 'a' }]],
    ['parts of the protocol as they are', [{ type: 'input_text', text: 'a' }], [{ type: 'input_text', text: 'a' }]],
    ['audio as it is', { type: 'audio', audio: 'AAAA', format: 'wav' }, [{ type: 'audio', audio: 'AAAA', format: 'wav' }]],
    ['an image by its URL', { type: 'image', image: { url: 'https://x.example/a.png' } }, [{ type: 'input_image', image: 'https://x.example/a.png' }]],
    ['an image by its URL alone, with its detail', { type: 'image', image: 'https://x.example/a.png', detail: 'low' }, [{ type: 'input_image', image: 'https://x.example/a.png', detail: 'low' }]],
    ['an image by the id of its file', { type: 'image', image: { fileId: 'f_1' } }, [{ type: 'input_image', image: { id: 'f_1' } }]],
    ['an image by its bytes', { type: 'image', image: { data: new Uint8Array([1, 2, 255]), mediaType: 'image/jpeg' } }, [{ type: 'input_image', image: 'data:image/jpeg;base64,AQL/' }]],
    ['an image by base64, a PNG unless it says so', { type: 'image', image: { data: 'AQL/' } }, [{ type: 'input_image', image: 'data:image/png;base64,AQL/' }]],
    ['an image by a data URL', { type: 'image', image: { data: 'data:image/gif;base64,AA==' } }, [{ type: 'input_image', image: 'data:image/gif;base64,AA==' }]],
    ['a file by its URL', { type: 'file', file: { url: 'https://x.example/a.pdf', filename: 'a.pdf' } }, [{ type: 'input_file', file: { url: 'https://x.example/a.pdf' }, filename: 'a.pdf' }]],
    ['a file by its id', { type: 'file', file: { id: 'f_1' } }, [{ type: 'input_file', file: { id: 'f_1' } }]],
    ['a file by its bytes', { type: 'file', file: { data: new Uint8Array([65]), filename: 'a' } }, [{ type: 'input_file', file: 'data:application/octet-stream;base64,QQ==', filename: 'a' }]],
    ['a file by a data URL', { type: 'file', file: 'data:text/plain;base64,QQ==' }, [{ type: 'input_file', file: 'data:text/plain;base64,QQ==' }]],
  ])('is %s', (_what, value, shown) => {
    expect(toToolOutput(value)).toEqual(shown);
  });

  it('is text also where JSON fails: a circle, and a toJSON that throws', () => {
    const circle: Record<string, unknown> = {};
    circle['self'] = circle;
    expect(toToolOutput(circle)).toBeTypeOf('string');
    const broken = {
      toJSON: () => {
        throw new Error('no');
      },
    };
    expect(toToolOutput(broken)).toBeTypeOf('string');
  });

  it('is for hooks and traces the text of a lone text part, else JSON', () => {
    expect(toolOutputText('a')).toBe('a');
    expect(toolOutputText([{ type: 'input_text', text: 'a' }])).toBe('a');
    expect(toolOutputText([{ type: 'input_text', text: 'a' }, { type: 'input_text', text: 'b' }])).toBe(
      '[{"type":"input_text","text":"a"},{"type":"input_text","text":"b"}]',
    );
  });
});
