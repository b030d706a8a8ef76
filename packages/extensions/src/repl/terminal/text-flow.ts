import type { Screen } from './screen.js';
import { printable, textWidth } from './text-width.js';

/** How a flow of text stands on the screen. */
export interface TextFlowOptions {
  /** Stands in front of the first line; may be coloured. */
  readonly first: string;
  /** Columns in front of the lines after it. */
  readonly indent: number;
  /** Colours each word. */
  readonly style?: (text: string) => string;
}

/**
 * Text that comes in pieces, wrapped at words while it comes: a word is written as soon as it is complete, and
 * nothing that was written is touched again.
 */
export class TextFlow {
  readonly #screen: Screen;
  readonly #options: TextFlowOptions;
  #column: number;
  #atLineStart = true;
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
    this.#breakLine();
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
    const space = this.#atLineStart ? '' : this.#space;
    this.#space = '';
    if (this.#column + textWidth(space + word) <= columns) return this.#put(space + word);
    if (!this.#atLineStart) this.#breakLine();
    if (this.#column + textWidth(word) <= columns) return this.#put(word);
    // A word that is longer than a line has to be cut somewhere.
    for (const character of word) {
      if (this.#column + textWidth(character) > columns) this.#breakLine();
      this.#put(character);
    }
  }

  #put(text: string): void {
    this.#screen.write(this.#options.style?.(text) ?? text);
    this.#column += textWidth(text);
    this.#atLineStart = false;
  }

  #breakLine(): void {
    this.#screen.write(`\n${' '.repeat(this.#options.indent)}`);
    this.#column = this.#options.indent;
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
