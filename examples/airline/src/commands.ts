import { type Screen, writeWrapped } from '@baton/terminal';
import type { BookingStore } from './data/booking-store.js';

/** Whether the conversation goes on after a command. */
export type AfterCommand = 'continue' | 'quit';

/** Does what a line that begins with a slash says. */
export function runCommand(
  line: string,
  { screen, store }: { readonly screen: Screen; readonly store: BookingStore },
): AfterCommand {
  const say = (text: string, indent = 2): void =>
    writeWrapped(screen, text, { first: '  ', indent });
  screen.line();
  switch (line.trim().toLowerCase()) {
    case '/help':
    case '/h':
    case '/?':
      for (const [what, text] of HELP) say(`${what.padEnd(11)}${text}`, 13);
      say('Or ask, for example:');
      for (const example of EXAMPLES) say(`"${example}"`, 4);
      return 'continue';
    case '/bookings':
      for (const text of listBookings(store)) say(text, 10);
      return 'continue';
    case '/reset':
      store.reset();
      say('All bookings are as they were at first.');
      return 'continue';
    case '/quit':
    case '/exit':
    case '/q':
      say('Goodbye.');
      return 'quit';
    default:
      say(`There is no command ${line.trim().split(/\s/, 1)[0]}; /help lists them.`);
      return 'continue';
  }
}

const HELP = [
  ['/bookings', 'shows the bookings you can try'],
  ['/reset', 'brings them back to how they were'],
  ['/quit', 'leaves, as does Ctrl-D; Ctrl-C stops an answer'],
] as const;

const EXAMPLES = [
  'Move me to seat 14C, my confirmation number is LL0EG6',
  'what window seats are free?',
  'can I bring my dog, and how many bags?',
] as const;

function listBookings(store: BookingStore): string[] {
  return store.all().map(({ booking, flight }) => {
    const { confirmationNumber, passenger, seat } = booking;
    return `${confirmationNumber}  ${passenger}, seat ${seat} on ${flight.number} ${flight.from} - ${flight.to}, ${flight.departs}`;
  });
}
