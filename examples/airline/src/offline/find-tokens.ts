/** The confirmation number in a text: what is introduced as one, else six letters and digits. */
export function findConfirmationNumber(text: string): string | undefined {
  const [introduced] = [...text.matchAll(INTRODUCED)].map((match) => match[1]);
  const six = text.match(/\b[a-z0-9]{6}\b/gi) ?? [];
  const found = introduced ?? six.find((each) => /\d/.test(each) && /[a-z]/i.test(each));
  return found?.toUpperCase();
}

/** The text without a number that is introduced as such, which is no request by itself. */
export function withoutConfirmationNumber(text: string): string {
  return text.replaceAll(INTRODUCED, ' ');
}

/** `my confirmation number is LL0EG6`, `booking: LL0EG6`; a digit has to be in it. */
const INTRODUCED =
  /\b(?:my\s+|the\s+)?(?:confirmation|booking|reference)\s*(?:number|code|no\.?|#)?\s*(?:is|:|=|#)?\s*((?=\S*\d)[a-z0-9]{4,8})\b/gi;

/** The seats in a text, in order, written as in `14C`; those one wants to leave are left out. */
export function findSeats(text: string): string[] {
  const found = SEAT_FORMS.flatMap((form) =>
    [...text.matchAll(form)].map((match) => ({ match, at: match.index })),
  );
  const seats = found
    .filter(({ at }) => !LEAVING.test(text.slice(0, at)))
    .toSorted((a, b) => a.at - b.at)
    .map(({ match: { groups } }) => `${Number(groups?.['row'])}${groups?.['letter'] ?? ''}`);
  return [...new Set(seats)].map((seat) => seat.toUpperCase());
}

/** With the word before it any letter will do, and even none: who asks for seat 99Z shall be told about 99Z. */
const SEAT_FORMS = [
  /(?<=\bseat\s+)(?<row>\d{1,3})(?:\s*-?\s*(?<letter>[a-z]))?\b/gi,
  /(?<=\bseat\s+)(?<letter>[a-f])(?<row>\d{1,3})\b/gi,
  /(?<=\bto\s+)(?<row>\d{1,3})(?<letter>[a-z])\b/gi,
  /(?<!\bto\s+|\bseat\s+)\b(?<row>\d{1,3})-?(?<letter>[a-f])\b/gi,
] as const;

/** Ends in front of a seat that is not the wanted one. */
const LEAVING =
  /\b(?:from|not|instead of|rather than|out of|i'?m in|i am in|(?<!can |could |may )i have|leave)\s+(?:seat\s+)?$/i;
