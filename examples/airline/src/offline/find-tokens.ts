/** The confirmation number in a text: six letters and digits, or what is introduced as one. */
export function findConfirmationNumber(text: string): string | undefined {
  const introduced = text.match(INTRODUCED)?.[1];
  const six = text.match(/\b[a-z0-9]{6}\b/gi) ?? [];
  const found = introduced ?? six.find((each) => /\d/.test(each) && /[a-z]/i.test(each));
  return found?.toUpperCase();
}

const INTRODUCED =
  /\b(?:confirmation|booking|reference)\s*(?:number|code|no\.?|nr\.?|#)?\s*(?:is|:|=|#)?\s*((?=\S*\d)[a-z0-9]{4,8})\b/i;

/** The seats in a text, in order, written as in `14C`; those one wants to leave are left out. */
export function findSeats(text: string): string[] {
  const seats: string[] = [];
  for (const match of text.matchAll(SEAT)) {
    const before = text.slice(0, match.index);
    const row = match[1] ?? match[3] ?? match[6];
    const letter = match[2] ?? match[4] ?? match[5];
    if (row !== undefined && letter !== undefined && !LEAVING.test(before)) {
      seats.push(`${Number(row)}${letter.toUpperCase()}`);
    }
  }
  return seats;
}

/** `seat 14 C` (any letter), `14C` (a letter that could be a seat), `seat C14`. */
const SEAT =
  /\bseat\s+(?:number\s+)?(\d{1,3})\s*-?\s*([a-z])\b|\b(\d{1,3})-?([a-k])\b|\bseat\s+([a-k])\s?(\d{1,3})\b/gi;

/** Ends in front of a seat that is not the wanted one. */
const LEAVING =
  /\b(?:from|not|instead of|rather than|out of|i'?m in|i am in|have|leave)\s+(?:seat\s+)?$/i;
