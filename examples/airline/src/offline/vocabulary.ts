/** The words that the rules know, by what they point to. */

export const CHANGE: RegExp = words(
  'move, change, switch, swap, put, give, get, book, reserve, assign, take, want, like, prefer, rather, instead, sit, upgrade, can i have, could i have, may i have',
);

export const FREE: RegExp = words('free, available, availability, open, taken, occupied, left');

export const COST: RegExp = words(
  'cost, costs, fee, fees, charge, charged, price, prices, how much, pay',
);

export const SEATS: RegExp = words(
  "seat, seats, row, rows, place, places, what's free, whats free, what is free, what's available, what is available",
);

export const LIST: RegExp = words(
  'what, which, any, list, show, other, another, options, row \\d+',
);

export const SEAT_KIND: RegExp = words('window, aisle, middle');

export const ASKS_ABOUT: RegExp = /^\W*(?:and |or )?(?:what|how) about\b|\?$/i;

export const MY_SEAT: RegExp =
  /\b(?:whats?|which|where|wheres|tell|show|check|know|is)\b.*\b(?:my|our)\b.*\bseats?\b|\bwhere (?:do|am|will) i (?:sit|seated)|^my seat\b|\bseat (?:do|am|did) i\b|\bam i in\b/i;

export const MY_FLIGHT: RegExp =
  /\b(?:my|our) (?:flight|booking|reservation|trip|gate|ticket|details|departure)\b|\b(?:which|whats?|whens?|wheres?)\b.*\b(?:flight|gate|depart\w*|leave|leaving|take off|fly|flying|boarding)\b|\blook up\b|\bwho am i\b|\bmy name\b|\bwhere am i (?:going|flying)\b/i;

export const POLICY: RegExp = words(
  'bag, bags, baggage, luggage, suitcase, suitcases, carry-on, carry on, backpack, pet, pets, dog, dogs, cat, cats, animal, animals, puppy, kitten, wifi, wi-fi, internet',
  'refund, refunds, refundable, cancel, cancelled, cancellation, money back, check-in, check in, checking in, passport, visa, child, children, kid, kids, baby, babies, infant, stroller, strollers',
  'meal, meals, lunch, dinner, breakfast, food, drink, drinks, eat, coffee, vegan, vegetarian, snack, snacks, delay, delays, delayed, compensation, missed, wheelchair, assistance, pregnant, allergy, allergic, medicine',
  'ski, skis, bike, bikes, bicycle, surfboard, golf, guitar, instrument, instruments, legroom, power socket, usb, plane, aircraft, liquid, liquids, security, battery, batteries, power bank, smoke, smoking',
  'policy, policies, rebook, reschedule, change my name, change my flight, change the flight, change my date, change the date, where do i find, where can i find, my confirmation number, a confirmation number',
);

export const THANKS: RegExp = words(
  'thanks, thank you, thank, thx, cheers, great, perfect, awesome',
);
export const GOODBYE: RegExp = words("bye, goodbye, see you, that's all, that is all");
export const YES: RegExp = /^\W*(?:yes|yeah|yep|yup|sure|ok|okay|please|do it|go ahead|take it)\b/i;
export const NO: RegExp = /^\W*(?:no|nope|nah|nothing|never mind|not now)\b/i;
export const HELP: RegExp =
  /\b(?:help|what can you do|who are you|your name|are you (?:a|an|real|human))\b|^\W*\?+\W*$/i;
export const GREETING: RegExp =
  /^\W*(?:hi|hello|hallo|hey|hiya|howdy|good (?:morning|afternoon|evening|day)|greetings)\b/i;

/** Words of the trade: a message with one of them belongs here, understood or not. */
export const TRADE: RegExp =
  /\b(?:air(?:line|port|craft)\w*|flights?|fly|flying|flew|planes?|seats?|book(?:ing|ings|ed)|tickets?|travel\w*|trips?|gates?|board\w*|passengers?|pilots?|crew|confirmation|reservations?|rows?|landing|take-?off|fares?|upgrade|next to|at the (?:front|back)|(?:put|move|seat) me)\b/i;

/** Words that only make sense in what was said before. */
export const SMALL_WORDS: RegExp = words(
  "a, the, it, its, it's, is, that, that's, this, one, ones, first, second, third, last, other, another, any, some, i, i'm, i'll, we, you, me, my, mine, what, which, how, why, when, where, about",
  'and, or, but, so, then, now, not, no, yes, ok, okay, please, sorry, do, does, did, can, could, would, will, should, like, want, need, have, take, try, again, more, else, there, here',
  "for, to, of, on, in, with, same, really, wait, hm, hmm, well, good, fine, sounds, right, wrong, know, don't, think",
);

function words(...lists: readonly string[]): RegExp {
  return new RegExp(`\\b(?:${lists.join(', ').replaceAll(', ', '|')})\\b`, 'i');
}
