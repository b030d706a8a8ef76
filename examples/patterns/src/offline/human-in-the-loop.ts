import { functionCall } from '@baton/testing';
import type { ReplyFunction } from '@baton/testing';

const BILLS = [
  { to: 'the baker', euros: 40 },
  { to: 'the boatyard', euros: 900 },
  { to: 'the band', euros: 300 },
];

export const humanInTheLoop: ReplyFunction = ({ toolOutputs }) =>
  toolOutputs.length > 0
    ? toolOutputs.map(({ output }) => output).join(' ')
    : BILLS.map((bill) => functionCall('transfer', bill));
