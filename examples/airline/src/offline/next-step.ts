import { functionCall, message, type OutputItem, type RequestTool } from '@baton/testing';
import { type Intent, needsBooking, toolFor } from './intent.js';
import { ASK_FOR_NUMBER, OUT_OF_REACH, phraseResult, phraseTalk } from './phrase.js';
import type { ToolResult } from './read-exchanges.js';
import type { Situation } from './read-situation.js';

/** Calls the tools that are offered; hands over what they cannot do; speaks when nothing is left to do. */
export function nextStep(situation: Situation): OutputItem[] {
  const { intents, confirmationNumber, tools } = situation;
  const open = intents.filter((intent) => !isDone(intent, situation));
  const mine = open.filter((intent) => isOffered(toolFor(intent), tools));
  const stuck = confirmationNumber === undefined ? mine.filter(needsBooking) : [];
  const calls = nextCalls(
    mine.filter((intent) => !stuck.includes(intent)),
    situation,
  );
  if (calls.length > 0) return calls;

  const sentences = tellResults(situation);
  if (stuck.length > 0) sentences.push(ASK_FOR_NUMBER);
  const next = open.find((intent) => !stuck.includes(intent));
  if (next !== undefined) {
    const handoff = handoffFor(next, tools);
    if (handoff !== undefined) return [...say(sentences), functionCall(handoff)];
    sentences.push(OUT_OF_REACH);
  }
  const talk = intents.find((intent) => intent.type === 'talk');
  if (sentences.length === 0) sentences.push(phraseTalk(talk?.about ?? 'unknown'));
  return say(sentences);
}

/** The booking before what depends on it, changes before the lists they change. */
function nextCalls(intents: readonly Intent[], situation: Situation): OutputItem[] {
  const { confirmationNumber = '', bookingIsKnown } = situation;
  const lookUp = functionCall('look_up_booking', { confirmationNumber });
  if (intents.some(needsBooking) && !bookingIsKnown) return [lookUp];
  const changes = intents.filter(({ type }) => type === 'change_seat');
  return (changes.length > 0 ? changes : intents).flatMap((intent) => {
    switch (intent.type) {
      case 'change_seat':
        return [functionCall('change_seat', { confirmationNumber, seat: intent.seat })];
      case 'free_seats':
        return [functionCall('list_free_seats', { confirmationNumber, kind: intent.kind })];
      case 'booking':
        return [lookUp];
      case 'policy':
        return [functionCall('search_policies', { question: intent.question })];
      case 'talk':
        return [];
      default:
        return intent satisfies never;
    }
  });
}

function isDone(intent: Intent, situation: Situation): boolean {
  if (intent.type === 'talk' || resultOf(intent, situation) !== undefined) return true;
  return needsBooking(intent) && (situation.askedForNumber || deadEnd(situation) !== undefined);
}

function resultOf(intent: Intent, { results }: Situation): ToolResult | undefined {
  return results.find(({ name, args }) => {
    if (name !== toolFor(intent)) return false;
    switch (intent.type) {
      case 'change_seat':
        return args['seat'] === intent.seat;
      case 'free_seats':
        return args['kind'] === intent.kind;
      case 'policy':
        return args['question'] === intent.question;
      case 'booking':
        return true;
      case 'talk':
        return false;
      default:
        return intent satisfies never;
    }
  });
}

/** A result after which nothing more can be done for the booking. */
function deadEnd({ results }: Situation): ToolResult | undefined {
  return results.find(
    ({ name, output }) =>
      output['error'] === 'no_such_booking' ||
      (output['error'] === 'failed' && name !== 'search_policies'),
  );
}

/** One sentence for each result that has not been told. */
function tellResults(situation: Situation): string[] {
  const { intents } = situation;
  const end = deadEnd(situation);
  if (end !== undefined && !end.told) return [phraseResult(end)];
  const sentences = intents.flatMap((intent) => {
    const result = resultOf(intent, situation);
    return result === undefined || result.told ? [] : [phraseResult(result, intent)];
  });
  return [...new Set(sentences)];
}

/** The handoff whose description fits; else the way back, to who knows whom to ask. */
function handoffFor(intent: Intent, tools: readonly RequestTool[]): string | undefined {
  const handoffs = tools.filter(({ name }) => name?.startsWith('transfer_to_') === true);
  const words = needsBooking(intent) ? /\bseats\b/i : /\bpolicies\b/i;
  const fits = ({ description }: RequestTool): boolean => words.test(description ?? '');
  return (handoffs.find(fits) ?? handoffs.find(({ name }) => name === 'transfer_to_triage'))?.name;
}

function isOffered(name: string | undefined, tools: readonly RequestTool[]): boolean {
  return name !== undefined && tools.some((tool) => tool.name === name);
}

function say(sentences: readonly string[]): OutputItem[] {
  return sentences.length === 0 ? [] : [message(sentences.join(' '))];
}
