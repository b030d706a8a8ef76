import { join } from 'node:path';
import { runCommand } from './commands.js';
import { connect } from './connect.js';
import { type AnswerEnd, Conversation } from './conversation.js';
import { BookingStore } from './data/booking-store.js';
import { type Options, parseOptions, USAGE } from './options.js';
import { openPipe, openTerminal } from './terminal/line-reader.js';
import { createScreen, type OutputStream, type Screen } from './terminal/screen.js';
import { writeWrapped } from './terminal/text-flow.js';

/** The part of Node's `process` that the demo uses. */
export interface Host {
  readonly argv: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly stdin: NodeJS.ReadableStream & { readonly isTTY?: boolean };
  readonly stdout: OutputStream;
  readonly stderr: NodeJS.WritableStream;
  cwd(): string;
  on(event: 'SIGINT', listener: () => void): unknown;
  off(event: 'SIGINT', listener: () => void): unknown;
  emit(event: 'SIGINT'): unknown;
}

/** Runs the demo and returns its exit code. */
export async function main(host: Host): Promise<number> {
  try {
    return await start(host, parseOptions(host.argv.slice(2)));
  } catch (error) {
    host.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  }
}

async function start(host: Host, options: Options): Promise<number> {
  const { env, stdin, stdout } = host;
  const screen = createScreen(stdout, { env, color: options.color });
  if (options.help) {
    screen.line(USAGE);
    return 0;
  }
  const store = new BookingStore(env['AIRLINE_DATA'] || join(host.cwd(), '.airline'));
  if (options.reset) store.reset();
  store.all(); // a store that cannot be read is better known now than in the middle of an answer
  const connection = await connect({ env, ...options, watched: stdout.isTTY === true });
  try {
    const chat: Chat = {
      host,
      screen,
      store,
      conversation: new Conversation({ connection, store, screen }),
    };
    writeWrapped(screen, connection.description, {
      first: `${screen.paint.bold('Baton Air')} ${screen.glyphs.dot} `,
      indent: 2,
    });
    if (options.question !== undefined) return exitCode(await answer(chat, options.question));
    return stdin.isTTY === true && stdout.isTTY === true
      ? await talk(chat)
      : await answerLines(chat);
  } finally {
    await connection.close();
  }
}

interface Chat {
  readonly host: Host;
  readonly screen: Screen;
  readonly store: BookingStore;
  readonly conversation: Conversation;
}

/** A conversation with a person. */
async function talk(chat: Chat): Promise<number> {
  const { host, screen } = chat;
  const { paint, glyphs } = screen;
  screen.line(paint.dim('Type a question, /help for ideas, /quit to leave.'));
  const reader = openTerminal({
    input: host.stdin,
    output: host.stdout,
    onInterrupt: () => host.emit('SIGINT'),
    interruptHint: paint.dim('Ctrl-C again, Ctrl-D or /quit to leave.'),
  });
  try {
    for (;;) {
      screen.line();
      const line = await reader.next(`${paint.bold(`You ${glyphs.prompt}`)} `);
      if (line === undefined) return 0;
      if (line.trim() === '') continue;
      if (line.startsWith('/')) {
        if (runCommand(line, chat) === 'quit') return 0;
      } else {
        await answer(chat, line);
      }
    }
  } finally {
    reader.close();
  }
}

/** Answers what is piped in, line by line. Fails if one answer did. */
async function answerLines(chat: Chat): Promise<number> {
  const { host, screen } = chat;
  const reader = openPipe({ input: host.stdin, output: host.stdout });
  let code = 0;
  try {
    for (;;) {
      const line = await reader.next(`\nYou ${screen.glyphs.prompt} `);
      if (line === undefined) return code;
      if (line.trim() === '') continue;
      if (line.startsWith('/')) {
        if (runCommand(line, chat) === 'quit') return code;
        continue;
      }
      const end = await answer(chat, line);
      if (end === 'stopped') return exitCode(end);
      code = Math.max(code, exitCode(end));
    }
  } finally {
    reader.close();
  }
}

/** Answers one message; Ctrl-C stops it. */
async function answer({ host, conversation }: Chat, message: string): Promise<AnswerEnd> {
  const stop = new AbortController();
  const onInterrupt = (): void => stop.abort();
  host.on('SIGINT', onInterrupt);
  try {
    return await conversation.answer(message, stop.signal);
  } finally {
    host.off('SIGINT', onInterrupt);
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
