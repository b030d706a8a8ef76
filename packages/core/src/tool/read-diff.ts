import { ModelBehaviorError } from '../error/index.js';

/** A line of a diff: one that stays (` `), comes (`+`) or goes (`-`). */
export interface DiffLine {
  readonly kind: ' ' | '+' | '-';
  readonly text: string;
}

/** One place to change: where it is, and the lines there. */
export interface DiffSection {
  /** Line of the diff, counted from 1, where the section starts. */
  readonly line: number;
  /** Lines of the file that stand before the place, outermost first. */
  readonly anchors: readonly string[];
  readonly lines: readonly DiffLine[];
  /** The place is the end of the file. */
  readonly atEnd: boolean;
}

const END_OF_FILE = '*** End of File';
const END_OF_PATCH = '*** End Patch';

/**
 * Reads a V4A diff of one file, without the lines that name the file.
 *
 * @throws ModelBehaviorError naming the line that cannot be read.
 */
export function readDiff(diff: string): DiffSection[] {
  const reader = new SectionReader();
  for (const [index, text] of diffLines(diff).entries()) {
    if (text === END_OF_PATCH) break;
    reader.read(text, index + 1);
  }
  return reader.finish();
}

/** The lines of a diff; the line break at its end begins no line. */
export function diffLines(diff: string): string[] {
  const lines = diff.split(/\r?\n/);
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

/** An error at a line of a diff, for the model that wrote it. */
export function diffError(line: number, problem: string): ModelBehaviorError {
  return new ModelBehaviorError(`Line ${line} of the diff ${problem}`);
}

/** Puts lines into sections, one line at a time. */
class SectionReader {
  readonly #sections: DiffSection[] = [];
  #anchors: string[] = [];
  #lines: DiffLine[] = [];
  #atEnd = false;
  /** Where the section that is being read starts; none is. */
  #start: number | undefined;

  read(text: string, line: number): void {
    const isAnchor = text === '@@' || text.startsWith('@@ ');
    // Anchors that follow one another belong together; one behind other lines starts a section.
    if (isAnchor && (this.#lines.length > 0 || this.#atEnd)) this.#close();
    this.#start ??= line;
    if (isAnchor) {
      const anchor = text.slice(3);
      if (anchor.trim() !== '') this.#anchors.push(anchor);
    } else if (this.#atEnd) {
      throw diffError(line, `stands behind "${END_OF_FILE}"; only a new section ("@@") can.`);
    } else if (text === END_OF_FILE) {
      this.#atEnd = true;
    } else {
      this.#lines.push(readLine(text, line));
    }
  }

  finish(): DiffSection[] {
    this.#close();
    return this.#sections;
  }

  #close(): void {
    const line = this.#start;
    if (line === undefined) return;
    if (this.#lines.length === 0) {
      throw diffError(
        line,
        'starts a section without lines. Below "@@" come the lines that stay (" "), go ("-") and come ("+").',
      );
    }
    this.#sections.push({ line, anchors: this.#anchors, lines: this.#lines, atEnd: this.#atEnd });
    this.#anchors = [];
    this.#lines = [];
    this.#atEnd = false;
    this.#start = undefined;
  }
}

function readLine(text: string, line: number): DiffLine {
  const kind = text[0] ?? ' '; // an empty line of the file, its space lost on the way
  if (kind === ' ' || kind === '+' || kind === '-') return { kind, text: text.slice(1) };
  throw diffError(
    line,
    `begins with ${JSON.stringify(kind)}; expected " ", "+", "-", "@@" or "${END_OF_FILE}".`,
  );
}
