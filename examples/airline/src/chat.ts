import type { LineReader, Screen } from '@baton/terminal';
import { runCommand } from './commands.js';
import type { AnswerEnd, Conversation } from './conversation.js';
import type { BookingStore } from './data/booking-store.js';

/** Where Ctrl-C arrives. */
export interface Interrupts {
  on(event: 'SIGINT', listener: () => void): unknown;
  off(event: 'SIGINT', listener: () => void): unknown;
}

/** What it takes to chat. */
export interface Chat {
  readonly screen: Screen;
  readonly store: BookingStore;
  readonly conversation: Conversation;
  readonly interrupts: Interrupts;
}

/** Answers one message; Ctrl-C stops it. Returns the exit code. */
export async function answerOnce(chat: Chat, message: string): Promise<number> {
  return exitCode(await answer(chat, message));
}

/**
 * Answers line after line until there are no more. A person goes on whatever became of an answer; a script is told
 * by the exit code that one failed.
 */
export async function converse(
  chat: Chat,
  reader: LineReader,
  { byPerson }: { readonly byPerson: boolean },
): Promise<number> {
  const { paint, glyphs } = chat.screen;
  const prompt = `${paint.bold(`You ${glyphs.prompt}`)} `;
  let code = 0;
  for (;;) {
    const line = await reader.next(prompt, { apart: true });
    if (line === undefined) return code;
    if (line.trim() === '') continue;
    if (line.startsWith('/')) {
      if (runCommand(line, chat) === 'quit') return code;
      continue;
    }
    const end = await answer(chat, line);
    if (byPerson) continue;
    if (end === 'stopped') return exitCode(end);
    code = Math.max(code, exitCode(end));
  }
}

async function answer({ interrupts, conversation }: Chat, message: string): Promise<AnswerEnd> {
  const stop = new AbortController();
  const onInterrupt = (): void => stop.abort();
  interrupts.on('SIGINT', onInterrupt);
  try {
    return await conversation.answer(message, stop.signal);
  } finally {
    interrupts.off('SIGINT', onInterrupt);
  }
}

function exitCode(end: AnswerEnd): number {
  switch (end) {
    case 'answered':
      return 0;
    case 'failed':
      return 1;
    case 'stopped':
      return 130; // as a shell says it of Ctrl-C
    default:
      return end satisfies never;
  }
}
