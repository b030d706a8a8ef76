import type { Screen } from './screen.js';
import { graphemes, printable, textWidth } from './text-width.js';

/** How a flow of text stands on the screen. */
export interface TextFlowOptions {
  /** Stands in front of the first line; may be colored. */
  readonly first: string;
  /** Columns in front of the lines after it. */
  readonly indent: number;
  /** Colors each word. */
  readonly style?: (text: string) => string;
}

/** What begins an item of a list. */
const BULLET = /^(?:[-*+•]|\d{1,3}[.)])$/;

/**
 * Text that comes in pieces, wrapped at words while it comes: a word is written as soon as it is complete, and
 * nothing that was written is touched again. Lines keep their indentation, and so do those they are wrapped to.
 */
export class TextFlow {
  readonly #screen: Screen;
  readonly #options: TextFlowOptions;
  #column: number;
  #atLineStart = true;
  /** Columns that a line of the text is wrapped to, beyond the indentation of all. */
  #hang = 0;
  /** Whether all that the line has is its indentation, which is kept. */
  #isNewLine = true;
  /** Of the line begun, until it has a word. */
  #indentation = '';
  #space = '';
  #word = '';

  constructor(screen: Screen, options: TextFlowOptions) {
    this.#screen = screen;
    this.#options = options;
    this.#column = textWidth(options.first);
    screen.write(options.first);
  }

  write(piece: string): void {
    for (const part of printable(piece).match(/\n|[^\S\n]+|\S+/g) ?? []) {
      if (part === '\n') this.#newLine();
      else if (part.trim() === '') this.#addSpace(part);
      else this.#word += part;
    }
  }

  /** Writes what waits and ends the line. */
  end(): void {
    this.#flushWord();
    this.#screen.line();
  }

  #newLine(): void {
    this.#flushWord();
    this.#hang = 0;
    this.#breakLine();
    this.#isNewLine = true;
  }

  #addSpace(space: string): void {
    this.#flushWord();
    this.#space += space;
  }

  #flushWord(): void {
    const word = this.#word;
    if (word === '') return;
    this.#word = '';
    const { columns } = this.#screen;
    if (this.#isNewLine) this.#hang = this.#hangOf(word);
    const space = this.#atLineStart && !this.#isNewLine ? '' : this.#space;
    this.#isNewLine = false;
    this.#space = '';
    if (this.#column + textWidth(space + word) <= columns) return this.#put(space + word);
    if (!this.#atLineStart) this.#breakLine();
    if (this.#column + textWidth(word) <= columns) return this.#put(word);
    // A word that is longer than a line has to be cut somewhere.
    for (const grapheme of graphemes(word)) {
      if (this.#column + textWidth(grapheme) > columns) this.#breakLine();
      this.#put(grapheme);
    }
  }

  /** As far as the line's first word, or the one after its bullet; but a narrow screen is for words. */
  #hangOf(word: string): number {
    const hang = this.#space.length + (BULLET.test(word) ? word.length + 1 : 0);
    return hang > this.#screen.columns / 3 ? 0 : hang;
  }

  #put(text: string): void {
    this.#screen.write(this.#indentation + (this.#options.style?.(text) ?? text));
    this.#indentation = '';
    this.#column += textWidth(text);
    this.#atLineStart = false;
  }

  #breakLine(): void {
    this.#column = this.#options.indent + this.#hang;
    this.#indentation = ' '.repeat(this.#column);
    this.#screen.line();
    this.#atLineStart = true;
    this.#space = '';
  }
}

/** A whole text, wrapped. */
export function writeWrapped(screen: Screen, text: string, options: TextFlowOptions): void {
  const flow = new TextFlow(screen, options);
  flow.write(text);
  flow.end();
}
