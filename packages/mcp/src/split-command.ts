import { UserError } from '@baton/core';

/**
 * The words of a command line: split at spaces, except inside quotes. Nothing is expanded, and a backslash is a
 * backslash, as in paths on Windows.
 *
 * @throws UserError where a quote is not closed.
 */
export function splitCommand(line: string): readonly string[] {
  const words: string[] = [];
  let word: string | undefined;
  let quote: string | undefined;
  for (const char of line) {
    if (quote !== undefined) {
      if (char === quote) quote = undefined;
      else word = (word ?? '') + char;
    } else if (char === '"' || char === "'") {
      quote = char;
      word ??= '';
    } else if (/\s/.test(char)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else {
      word = (word ?? '') + char;
    }
  }
  if (quote !== undefined) {
    throw new UserError(`A fullCommand has a ${quote} that is not closed. Close it, or pass { command, args }.`);
  }
  return word === undefined ? words : [...words, word];
}
