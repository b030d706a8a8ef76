import { parseArgs } from 'node:util';

/** What was asked for on the command line. */
export interface Options {
  /** Without one there is a conversation. */
  readonly question: string | undefined;
  readonly model: string | undefined;
  readonly reset: boolean;
  readonly offline: boolean;
  readonly color: boolean;
  readonly help: boolean;
}

export const USAGE = `Usage: pnpm demo [-- [options] ["question"]]

Asks one question, or starts a conversation when there is none.

  --model <name>  instead of OPENAI_DEFAULT_MODEL
  --offline       use the offline model although there is an OPENAI_API_KEY
  --reset         bring the bookings back to how they were
  --no-color      as does NO_COLOR=1
  --help          this text

OPENAI_API_KEY and, for other servers, OPENAI_BASE_URL choose the model's server.
AIRLINE_DATA is the folder of the bookings; without it they are in .airline here.`;

/** @throws Error where an option is unknown or has no value. */
export function parseOptions(args: readonly string[]): Options {
  const { values, positionals } = parseArgs({
    args: args[0] === '--' ? args.slice(1) : [...args], // pnpm passes the `--` on
    allowPositionals: true,
    options: {
      model: { type: 'string' },
      reset: { type: 'boolean', default: false },
      offline: { type: 'boolean', default: false },
      'no-color': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false, short: 'h' },
    },
  });
  const question = positionals.join(' ').trim();
  return {
    question: question === '' ? undefined : question,
    model: values.model,
    reset: values.reset,
    offline: values.offline,
    color: !values['no-color'],
    help: values.help,
  };
}
