import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyDiff, ModelBehaviorError } from '../src/index.js';

const lines = (...all: string[]): string => all.join('\n');

describe('a diff of a file', () => {
  it('takes lines out, puts lines in and leaves the others', () => {
    expect(applyDiff('one\ntwo\nthree\n', lines(' one', '-two', '+2', '+2b', ' three'))).toBe(
      'one\n2\n2b\nthree\n',
    );
  });

  it('without a line changes nothing', () => {
    expect(applyDiff('one\ntwo', '')).toBe('one\ntwo');
  });

  it('may have several sections, in the order of the file', () => {
    const file = 'a\nb\nc\nd\ne\n';
    expect(applyDiff(file, lines('@@', '-b', '+B', '@@', ' d', '-e'))).toBe('a\nB\nc\nd\n');
    expect(() => applyDiff(file, lines('@@', '-d', '@@', '-b'))).toThrow(/^Line 3 of the diff/);
  });

  it('finds each place behind the place before it', () => {
    expect(applyDiff('x\nx\nx\n', lines('-x', '+1', '@@', '-x', '+2'))).toBe('1\n2\nx\n');
  });

  it('takes an empty line for an empty line of the file', () => {
    expect(applyDiff('a\n\nb\n', lines(' a', '', '-b', '+c'))).toBe('a\n\nc\n');
  });

  it('keeps what the file says where only white space at the end differs', () => {
    expect(applyDiff('a  \nb\n', lines(' a', '-b', '+c'))).toBe('a  \nc\n');
  });

  it('prefers the place that fits exactly to an earlier one that fits but for white space', () => {
    expect(applyDiff('a \nb\na\nb\n', lines(' a', '-b', '+c'))).toBe('a \nb\na\nc\n');
  });

  it('does not take white space at the beginning lightly', () => {
    expect(() => applyDiff('  a\n', lines('-a', '+b'))).toThrow(ModelBehaviorError);
  });

  it('is refused as a whole where one of its sections does not fit [TOL-20, JS-40]', () => {
    expect(() => applyDiff('a\nb\n', lines('-a', '+A', '@@', ' b', '-c'))).toThrow(
      'Line 3 of the diff starts a section that does not fit the file: from its line 2 on it does not have the 2 lines that begin with "b". ' +
        'Read the file again and make the diff of what it says now.',
    );
  });

  it('ends at the end of the patch', () => {
    expect(applyDiff('a\n', lines('-a', '+b', '*** End Patch', 'Done!'))).toBe('b\n');
  });

  it('can empty a file and fill an empty one', () => {
    expect(applyDiff('a\n', '-a\n')).toBe('');
    expect(applyDiff('', '+a\n')).toBe('a\n');
  });
});

describe('the anchors of a section', () => {
  const file = lines('class A', '  f()', '    x', 'class B', '  f()', '    x', '');

  it('name a line above it', () => {
    expect(applyDiff(file, lines('@@ class B', '-    x', '+    y'))).toBe(
      lines('class A', '  f()', '    x', 'class B', '  f()', '    y', ''),
    );
  });

  it('are followed in their order where there are several [TOL-20, JS-40]', () => {
    expect(applyDiff(file, lines('@@ class B', '@@   f()', '-    x', '+    y'))).toBe(
      lines('class A', '  f()', '    x', 'class B', '  f()', '    y', ''),
    );
  });

  it('must all be there where there are several [TOL-20, JS-40]', () => {
    expect(() => applyDiff(file, lines('@@ class B', '@@ g()', '-    x'))).toThrow(
      'Line 1 of the diff starts a section whose anchor "g()" is not in the file below its line 4. An anchor is a whole line of the file.',
    );
    expect(() => applyDiff(file, lines('@@ class C', '@@   f()', '-    x'))).toThrow(/"class C" is not in the file\./);
  });

  it('are only a hint where there is one and the file does not have it [TOL-20]', () => {
    expect(applyDiff(file, lines('@@ class C', '-    x', '+    y'))).toBe(
      lines('class A', '  f()', '    y', 'class B', '  f()', '    x', ''),
    );
  });

  it('are all there is to go by where lines only come', () => {
    expect(applyDiff(file, lines('@@ class B', '+  g()'))).toBe(
      lines('class A', '  f()', '    x', 'class B', '  g()', '  f()', '    x', ''),
    );
    expect(() => applyDiff(file, lines('@@ class C', '+  g()'))).toThrow(/"class C" is not in the file/);
  });

  it('may leave out their indentation, and may come again as the first line', () => {
    const diff = lines('@@ class B', '@@ f()', '   f()', '-    x', '+    y');
    expect(applyDiff(file, diff)).toContain('class B\n  f()\n    y\n');
  });

  it('may be named again for a second place below them', () => {
    const twice = lines('f()', '  x', '  y', '  z', 'f()', '  x', '  y', '  z', '');
    expect(applyDiff(twice, lines('@@ f()', '-  x', '@@ f()', '-  z'))).toBe(
      lines('f()', '  y', 'f()', '  x', '  y', '  z', ''),
    );
  });
});

describe('the end of a file', () => {
  it('is where a section with its marker belongs', () => {
    expect(applyDiff('x\na\nx\n', lines('@@', '-x', '+y', '*** End of File'))).toBe('x\na\ny\n');
    expect(applyDiff('x\na\nx', lines('@@', '-x', '+y', '*** End of File'))).toBe('x\na\ny');
    expect(() => applyDiff('x\na\n', lines('-x', '*** End of File'))).toThrow(/does not fit the file: at its end/);
  });

  it('is where lines are added that have only its marker', () => {
    expect(applyDiff('a\n', lines('+b', '*** End of File'))).toBe('a\nb\n');
    expect(applyDiff('a', lines('+b', '*** End of File'))).toBe('a\nb');
  });

  it('keeps its line break, or that there is none', () => {
    expect(applyDiff('a\nb', lines('-b', '+c'))).toBe('a\nc');
    expect(applyDiff('a\nb', '-b')).toBe('a');
    expect(applyDiff('a\nb\n', '-b')).toBe('a\n');
  });
});

describe('line endings', () => {
  it('of the file are kept, and lines that come get them, whatever the diff has [TOL-20]', () => {
    expect(applyDiff('a\r\nb\r\n', ' a\n-b\n+c\n+d\n')).toBe('a\r\nc\r\nd\r\n');
    expect(applyDiff('a\nb\n', ' a\r\n-b\r\n+c\r\n')).toBe('a\nc\n');
  });

  it('of lines that stay are kept where they are mixed', () => {
    expect(applyDiff('a\r\nb\nc\r\n', lines(' b', '-c', '+d'))).toBe('a\r\nb\nd\r\n');
  });
});

describe('a diff of a new file', () => {
  it('is its lines, each behind a plus', () => {
    expect(applyDiff('', '+a\n++b\n+\n', 'create')).toBe('a\n+b\n');
    expect(applyDiff('', '', 'create')).toBe('');
    expect(applyDiff('', '+a\r\n+b\r\n', 'create')).toBe('a\r\nb');
  });

  it('has no other lines', () => {
    expect(() => applyDiff('', '+a\n b', 'create')).toThrow(
      'Line 2 of the diff begins with " "; every line of a new file begins with "+".',
    );
  });
});

describe('a diff that nobody can read', () => {
  it.each([
    ['x', 'Line 1 of the diff begins with "x"; expected " ", "+", "-", "@@" or "*** End of File".'],
    [' a\n*** Update File: b', 'Line 2 of the diff begins with "*"'],
    ['@@ a', 'Line 1 of the diff starts a section without lines.'],
    ['-a\n@@', 'Line 2 of the diff starts a section without lines.'],
    ['-a\n*** End of File\n+b', 'Line 3 of the diff stands behind "*** End of File"'],
  ])('is refused with the line that is wrong: %j', (diff, message) => {
    expect(() => applyDiff('a\n', diff)).toThrow(ModelBehaviorError);
    expect(() => applyDiff('a\n', diff)).toThrow(message);
  });

  it('is not read in an unknown mode', () => {
    expect(() => applyDiff('', '', 'patch' as never)).toThrow("Pass 'default' or 'create'");
  });
});

/** Some lines out of the file at `from`, others in their place. */
interface Edit {
  readonly from: number;
  readonly remove: number;
  readonly insert: readonly string[];
}

const text = fc.constantFrom('a', 'b', '  a', 'a ', '', '@@ a', '+a', '-a', '*** End Patch');
const file = fc.record({
  texts: fc.array(text, { minLength: 1, maxLength: 20 }),
  eol: fc.constantFrom('\n', '\r\n'),
});
const edits = fc.array(
  fc.record({
    keep: fc.nat(4),
    remove: fc.nat(3),
    insert: fc.array(text, { maxLength: 3 }),
  }),
  { maxLength: 4 },
);

describe('whatever the file and the edits', () => {
  it('the diff between two files makes the one the other', () => {
    fc.assert(
      fc.property(file, edits, fc.boolean(), ({ texts, eol }, wished, diffHasCrLf) => {
        const made = place(wished, texts.length);
        const after = edited(texts, made);
        const diff = diffOf(texts, made).join(diffHasCrLf ? '\r\n' : '\n');
        expect(applyDiff(texts.join(eol), diff)).toBe(after.join(texts.length === 1 ? '\n' : eol));
      }),
      { numRuns: 1000 },
    );
  });

  it('a new file is made of its lines', () => {
    fc.assert(
      fc.property(fc.array(text, { minLength: 1 }), (texts) => {
        const diff = texts.map((each) => `+${each}`).join('\n');
        expect(applyDiff('', diff, 'create')).toBe(texts.join('\n'));
      }),
    );
  });
});

/** The edits one behind the other, as far as the file goes. */
function place(
  wished: readonly { keep: number; remove: number; insert: readonly string[] }[],
  length: number,
): Edit[] {
  const made: Edit[] = [];
  let next = 0;
  for (const { keep, remove, insert } of wished) {
    const from = next + keep;
    if (from + remove > length) break;
    if (remove + insert.length > 0) made.push({ from, remove, insert });
    next = from + remove;
  }
  return made;
}

function edited(texts: readonly string[], made: readonly Edit[]): string[] {
  const after = [...texts];
  for (const { from, remove, insert } of made.toReversed()) after.splice(from, remove, ...insert);
  return after;
}

/** A diff with as many lines around each edit as are needed to tell its place. */
function diffOf(texts: readonly string[], made: readonly Edit[]): string[] {
  const diff: string[] = [];
  let cursor = 0;
  for (const { from, remove, insert } of made) {
    let above = from;
    while (above > cursor && firstPlace(texts, texts.slice(above, from + remove), cursor) !== above) above--;
    diff.push('@@');
    for (const each of texts.slice(above, from)) diff.push(` ${each}`);
    for (const each of texts.slice(from, from + remove)) diff.push(`-${each}`);
    for (const each of insert) diff.push(`+${each}`);
    cursor = from + remove;
  }
  return diff;
}

function firstPlace(texts: readonly string[], wanted: readonly string[], from: number): number {
  for (let at = from; at < texts.length; at++) {
    if (wanted.every((each, index) => texts[at + index] === each)) return at;
  }
  return from;
}
