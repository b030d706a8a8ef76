import type { RunState, RunToolApprovalItem } from '@baton/core';
import { writeWrapped } from '@baton/terminal';
import type { LineReader, Screen } from '@baton/terminal';

/** What it takes to ask a person. */
export interface Asking {
  readonly screen: Screen;
  readonly reader: LineReader;
  readonly signal: AbortSignal;
}

/** Each answer with what it does. Only a function tool's arguments can be changed: a server keeps those of its own. */
const ANSWERS = ['y yes', 'n no, or n and why', 'a always', 'never'] as const;
const EDIT = 'e edit the arguments';
const KEYS = /^ *(?:y|n|a|never|e)$/;

/**
 * Asks a person about a call that waits, until the answer is one.
 *
 * @returns Whether there was one; not where the lines ended or the turn was cancelled.
 */
export async function askApproval<TContext>(
  state: RunState<TContext>,
  interruption: RunToolApprovalItem,
  { screen, reader, signal }: Asking,
): Promise<boolean> {
  const { paint, glyphs } = screen;
  const canEdit = interruption.rawItem.type === 'function_call';
  const question = [...ANSWERS, ...(canEdit ? [EDIT] : [])].join(` ${glyphs.or} `);
  const style = (word: string): string => (KEYS.test(word) ? paint.bold(word) : paint.dim(word));
  for (;;) {
    writeWrapped(screen, question, { first: '  ', indent: 4, style });
    const line = await reader.next(prompt(screen), { signal });
    if (line === undefined) return false;
    const [word = '', ...rest] = line.trim().split(/\s+/);
    switch (word.toLowerCase()) {
      case 'y':
      case 'yes':
        state.approve(interruption);
        return true;
      case 'a':
      case 'always':
        state.approve(interruption, { alwaysApprove: true });
        return true;
      case 'n':
      case 'no':
        state.reject(interruption, rest.length === 0 ? {} : { message: rest.join(' ') });
        return true;
      case 'never':
        state.reject(interruption, {
          alwaysReject: true,
          ...(rest.length > 0 && { message: rest.join(' ') }),
        });
        return true;
      case 'e':
      case 'edit': {
        if (!canEdit) continue;
        const edited = await askArguments(interruption.arguments, { screen, reader, signal });
        if (edited === undefined) return false;
        state.approve(interruption, { arguments: edited.value });
        return true;
      }
      default:
        continue;
    }
  }
}

/** Asks for arguments until they are JSON. */
async function askArguments(
  prefilled: string,
  { screen, reader, signal }: Asking,
): Promise<{ readonly value: unknown } | undefined> {
  for (;;) {
    writeWrapped(screen, 'The arguments as JSON:', {
      first: '  ',
      indent: 4,
      style: screen.paint.dim,
    });
    const line = await reader.next(prompt(screen), { prefilled: asOneLine(prefilled), signal });
    if (line === undefined) return undefined;
    try {
      const value: unknown = JSON.parse(line.trim() === '' ? prefilled : line);
      return { value };
    } catch (error) {
      const { message } = error as SyntaxError; // JSON.parse throws nothing else
      writeWrapped(screen, `That is no JSON: ${message}`, {
        first: '  ',
        indent: 4,
        style: screen.paint.error,
      });
    }
  }
}

/** The same JSON without line breaks, which would end the line, and with what would drive the terminal escaped. */
function asOneLine(json: string): string {
  return json
    .replaceAll(/[\t\n\r]/g, ' ')
    .replaceAll(
      /[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069]/gu,
      (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
    );
}

function prompt({ paint, glyphs }: Screen): string {
  return `  ${paint.bold(glyphs.prompt)} `;
}
