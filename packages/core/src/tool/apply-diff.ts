import { UserError } from '../error/index.js';
import { diffError, diffLines, readDiff } from './read-diff.js';
import type { DiffSection } from './read-diff.js';

/**
 * Applies a V4A diff to the text of a file: what `updateFile` and `createFile` of an `Editor` are given.
 * Lines that the diff does not touch keep their line endings, as does a missing one at the end.
 *
 * @param input The file as it is; not read where `mode` is `'create'`.
 * @param diff Sections of lines that stay (` `), go (`-`) and come (`+`). `@@ line` before a section names a
 *   line of the file above it, several of them from the outside in; `*** End of File` behind it, the file's end.
 * @param mode `'create'` where every line of the diff is a line (`+`) of a new file; default `'default'`.
 * @returns The file as it is then.
 * @throws ModelBehaviorError where the diff cannot be read or does not fit the file; the message is for the
 *   model, and names the line of the diff.
 *
 * @example
 * ```ts
 * import { applyDiff } from '@baton/core';
 *
 * export const file = applyDiff('one\ntwo\n', '@@ one\n-two\n+three'); // 'one\nthree\n'
 * ```
 */
export function applyDiff(input: string, diff: string, mode: 'default' | 'create' = 'default'): string {
  switch (mode) {
    case 'default':
      return patch(input, readDiff(diff));
    case 'create':
      return newFile(diff);
    default:
      mode satisfies never;
      throw new UserError(`applyDiff has no mode ${JSON.stringify(mode)}. Pass 'default' or 'create'.`);
  }
}

function newFile(diff: string): string {
  const lines = diffLines(diff).map((text, index) => {
    if (text.startsWith('+')) return text.slice(1);
    throw diffError(index + 1, `begins with ${JSON.stringify(text[0] ?? '')}; every line of a new file begins with "+".`);
  });
  return lines.join(/\r?\n/.exec(diff)?.[0] ?? '\n');
}

/** A line of a file and what ends it: nothing for the last. */
interface FileLine {
  readonly text: string;
  readonly end: string;
}

function patch(input: string, sections: readonly DiffSection[]): string {
  const file = splitLines(input);
  const end = file[0]?.end === '\r\n' ? '\r\n' : '\n';
  const patched: FileLine[] = [];
  let cursor = 0;
  for (const section of sections) {
    const at = locate(file, section, cursor);
    for (const line of file.slice(cursor, at)) patched.push(line);
    cursor = at;
    for (const { kind, text } of section.lines) {
      if (kind === '+') {
        patched.push({ text, end });
        continue;
      }
      const line = file[cursor++];
      if (kind === ' ' && line !== undefined) patched.push(line);
    }
  }
  for (const line of file.slice(cursor)) patched.push(line);
  // A line that was the last has no end yet, and the one that is now has one too many.
  return patched
    .map((line, index) => (index === patched.length - 1 ? line.text : line.text + (line.end || end)))
    .join('');
}

function splitLines(text: string): FileLine[] {
  const lines: FileLine[] = [];
  let from = 0;
  for (const { 0: end, index } of text.matchAll(/\r?\n/g)) {
    lines.push({ text: text.slice(from, index), end });
    from = index + end.length;
  }
  lines.push({ text: text.slice(from), end: '' });
  return lines;
}

/** Where in the file the section's lines stand, from the cursor on: sections come in the file's order. */
function locate(file: readonly FileLine[], section: DiffSection, cursor: number): number {
  const wanted = section.lines.filter(({ kind }) => kind !== '+').map(({ text }) => text);
  const below = belowAnchors(file, section, wanted.length > 0);
  const start = Math.max(cursor, below);
  const at = section.atEnd
    ? findAtEnd(file, wanted, start)
    : // Some models repeat the anchor as the first line of the section.
      (find(file, wanted, start) ?? find(file, wanted, Math.max(cursor, below - 1)));
  if (at !== undefined) return at;
  throw diffError(
    section.line,
    `starts a section that does not fit the file: ${section.atEnd ? 'at its end' : `from its line ${start + 1} on`} ` +
      `it does not have the ${wanted.length} lines that begin with ${JSON.stringify(wanted[0])}. ` +
      'Read the file again and make the diff of what it says now.',
  );
}

/**
 * The line below the section's anchors: the first place in the file where they stand in their order. A lone
 * anchor that the file does not have is only a hint, where there are other lines to go by.
 */
function belowAnchors(file: readonly FileLine[], { anchors, line }: DiffSection, hint: boolean): number {
  let below = 0;
  for (const anchor of anchors) {
    const at = find(file, [anchor], below) ?? findTrimmed(file, anchor, below);
    if (at === undefined) {
      if (hint && anchors.length === 1) return 0;
      throw diffError(
        line,
        `starts a section whose anchor ${JSON.stringify(anchor)} is not in the file${below > 0 ? ` below its line ${below}` : ''}. ` +
          'An anchor is a whole line of the file.',
      );
    }
    below = at + 1;
  }
  return below;
}

/** The first place from `from` on with these lines: as they are, or else but for white space at their ends. */
function find(file: readonly FileLine[], wanted: readonly string[], from: number): number | undefined {
  const last = file.length - wanted.length;
  for (const fits of [fitsExactly, fitsTrimmed]) {
    for (let at = from; at <= last; at++) if (fits(file, wanted, at)) return at;
  }
  return undefined;
}

/** The end of the file, before its last line break or behind it. */
function findAtEnd(file: readonly FileLine[], wanted: readonly string[], from: number): number | undefined {
  const end = file.length - wanted.length;
  const places = file.at(-1)?.text === '' ? [end - 1, end] : [end];
  for (const fits of [fitsExactly, fitsTrimmed]) {
    for (const at of places) if (at >= from && fits(file, wanted, at)) return at;
  }
  return undefined;
}

/** Anchors are often written without their indentation. */
function findTrimmed(file: readonly FileLine[], anchor: string, from: number): number | undefined {
  const at = file.findIndex(({ text }, index) => index >= from && text.trim() === anchor.trim());
  return at < 0 ? undefined : at;
}

function fitsExactly(file: readonly FileLine[], wanted: readonly string[], at: number): boolean {
  return wanted.every((text, index) => file[at + index]?.text === text);
}

function fitsTrimmed(file: readonly FileLine[], wanted: readonly string[], at: number): boolean {
  return wanted.every((text, index) => file[at + index]?.text.trimEnd() === text.trimEnd());
}
