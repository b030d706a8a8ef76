import { join } from 'node:path';
import {
  createScreen,
  type InputStream,
  openLines,
  type OutputStream,
  writeWrapped,
} from '@baton/terminal';
import { answerOnce, type Chat, converse, type Interrupts } from './chat.js';
import { connect } from './connect.js';
import { Conversation } from './conversation.js';
import { BookingStore } from './data/booking-store.js';
import { type Options, parseOptions, USAGE } from './options.js';

/** The part of Node's `process` that the demo uses. */
export interface Host extends Interrupts {
  readonly argv: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly stdin: InputStream;
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  cwd(): string;
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
  const { env, stdout } = host;
  const color = options.color ? undefined : false;
  const screen = createScreen(stdout, { env, color, beside: host.stderr });
  if (options.help) {
    screen.line(USAGE);
    return 0;
  }
  const store = new BookingStore(env['AIRLINE_DATA'] || join(host.cwd(), '.airline'));
  if (options.reset) store.reset();
  store.all(); // a store that cannot be read is better known now than in the middle of an answer
  const connection = await connect({ env, ...options, watched: stdout.isTTY === true });
  try {
    writeWrapped(screen, connection.description, {
      first: `${screen.paint.bold('Baton Air')} ${screen.glyphs.dot} `,
      indent: 2,
    });
    const conversation = new Conversation({ connection, store, screen });
    const chat: Chat = { screen, store, conversation, interrupts: host };
    return options.question === undefined
      ? await readAndAnswer(host, chat)
      : await answerOnce(chat, options.question);
  } finally {
    await connection.close();
  }
}

/** A conversation with a person, or with what is piped in. */
async function readAndAnswer(host: Host, chat: Chat): Promise<number> {
  const { stdin: input, stdout: output } = host;
  const { paint } = chat.screen;
  const byPerson = input.isTTY === true;
  if (byPerson) chat.screen.line(paint.dim('Type a question, /help for ideas, /quit to leave.'));
  const reader = openLines({
    input,
    output,
    onInterrupt: () => host.emit('SIGINT'),
    interruptHint: paint.dim('Ctrl-C again, Ctrl-D or /quit to leave.'),
  });
  try {
    return await converse(chat, reader, { byPerson });
  } finally {
    reader.close();
  }
}
