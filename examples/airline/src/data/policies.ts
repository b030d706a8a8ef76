/** One paragraph of the airline's rules. */
export interface Policy {
  readonly title: string;
  readonly text: string;
}

/** The policies that fit a question best: one, or two that fit equally well; none where no word of it is known. */
export function findPolicies(question: string): Policy[] {
  const words = question
    .toLowerCase()
    .replace(/\bcheck(?:ing)? in\b/, 'check-in')
    .split(/[^a-z0-9-]+/);
  const scored = POLICIES.map((policy) => ({ policy, score: countMatches(policy, words) }));
  const best = Math.max(...scored.map(({ score }) => score));
  if (best === 0) return [];
  const fitting = scored.filter(({ score }) => score === best);
  return fitting.slice(0, 2).map(({ policy: { title, text } }) => ({ title, text }));
}

/** What can be asked about. */
export function policyTitles(): string[] {
  return POLICIES.map(({ title }) => title);
}

interface IndexedPolicy extends Policy {
  /** Words that point here; from four letters on also the words that begin with them. */
  readonly about: readonly string[];
}

const POLICIES: readonly IndexedPolicy[] = [
  {
    title: 'Baggage',
    about: [
      'bag',
      'luggage',
      'suitcase',
      'carry',
      'hand',
      'backpack',
      'weigh',
      'kg',
      'kilo',
      'checked',
    ],
    text: 'Every ticket includes one cabin bag (55 x 40 x 23 cm, 8 kg), a small bag under the seat, and one checked bag up to 23 kg. A second checked bag costs 40 euros; no bag may be heavier than 32 kg.',
  },
  {
    title: 'Lost and damaged baggage',
    about: ['lost', 'lose', 'damage', 'broken', 'missing'],
    text: 'Report a lost or damaged bag at the desk in the arrivals hall, or online within 7 days. We bring a found bag to your door for free and pay up to 100 euros for what you need until then.',
  },
  {
    title: 'Pets',
    about: ['pet', 'dog', 'cat', 'animal', 'puppy', 'kitten', 'rabbit', 'bird'],
    text: 'Small dogs and cats up to 8 kg, carrier included, travel in the cabin for 50 euros. Bigger ones travel in the heated hold for 120 euros. Assistance dogs travel in the cabin for free. Tell us at least 48 hours before departure.',
  },
  {
    title: 'Wi-Fi',
    about: ['wifi', 'wi-fi', 'internet', 'online', 'stream', 'wireless'],
    text: 'All flights have Wi-Fi from take-off to landing. Messages are free; browsing costs 5 euros per flight, video 9 euros.',
  },
  {
    title: 'Refunds and cancellation',
    about: ['refund', 'cancel', 'money', 'reimburse'],
    text: 'Within 24 hours of booking every ticket can be cancelled for a full refund. After that, Flex tickets are refunded without a fee until 2 hours before departure; for Basic tickets only taxes are refunded. The money is back within 7 days.',
  },
  {
    title: 'Check-in and boarding',
    about: ['check-in', 'checkin', 'checking', 'boarding', 'early', 'arrive', 'passport'],
    text: 'Online check-in opens 30 hours and closes 1 hour before departure. At the airport be at the bag drop 60 minutes and at the gate 30 minutes before departure, with your passport or ID card.',
  },
  {
    title: 'Changing a booking',
    about: [
      'name',
      'rebook',
      'date',
      'reschedule',
      'earlier',
      'later',
      'typo',
      'change',
      'changing',
    ],
    text: 'Another date or time can be booked until 2 hours before departure: Flex tickets pay only the difference in fare, Basic tickets 35 euros more. A wrong letter in a name is corrected for free. Changing your seat is free.',
  },
  {
    title: 'Children and infants',
    about: [
      'child',
      'children',
      'kid',
      'baby',
      'babies',
      'infant',
      'stroller',
      'pram',
      'family',
      'minor',
    ],
    text: 'Children under 2 travel on a lap for 10 percent of the fare; from 2 to 11 they have a seat of their own at 75 percent. One stroller and one child seat travel for free. Children from 5 may travel alone with our escort for 60 euros.',
  },
  {
    title: 'Food and drinks',
    about: [
      'food',
      'meal',
      'lunch',
      'dinner',
      'breakfast',
      'drink',
      'eat',
      'coffee',
      'tea',
      'water',
      'vegan',
      'vegetarian',
      'snack',
      'alcohol',
      'wine',
      'beer',
    ],
    text: 'Water, coffee and tea are free. Sandwiches, snacks and wine can be bought on board by card. Vegan, halal and gluten-free meals are made if ordered 24 hours before departure.',
  },
  {
    title: 'Delays',
    about: ['delay', 'late', 'missed', 'miss', 'compensat', 'overbook', 'cancelled'],
    text: 'After 2 hours of delay there are meals and drinks, after 5 hours a refund if you prefer not to fly. For delays of 3 hours or more that are our fault we pay 250 to 600 euros, by distance.',
  },
  {
    title: 'Special assistance',
    about: [
      'wheelchair',
      'assist',
      'disab',
      'blind',
      'deaf',
      'pregnan',
      'medical',
      'medic',
      'allerg',
    ],
    text: 'Wheelchairs, escorts and priority boarding are free; order them 48 hours before departure. Medicine and medical devices do not count as baggage. Pregnant passengers fly until the end of week 36.',
  },
  {
    title: 'Sports equipment and instruments',
    about: [
      'ski',
      'bike',
      'bicycle',
      'surf',
      'golf',
      'sport',
      'guitar',
      'instrument',
      'violin',
      'cello',
    ],
    text: 'Skis, golf bags, bicycles and surfboards count as one checked bag of up to 23 kg if they are packed. Small instruments are cabin bags; for a cello a second seat can be booked.',
  },
  {
    title: 'The cabin',
    about: [
      'plane',
      'aircraft',
      'cabin',
      'leg',
      'legroom',
      'power',
      'socket',
      'usb',
      'charg',
      'row',
      'recline',
      'exit',
    ],
    text: 'Our aircraft have 20 rows of six seats: A and F at the window, B and E in the middle, C and D on the aisle. Every seat has a USB socket. Rows 1 and 11 have the most legroom; row 11 is at the exits.',
  },
  {
    title: 'Confirmation number',
    about: ['confirmation', 'reference', 'number', 'code'],
    text: 'The confirmation number has six letters and digits. It is at the top of your booking e-mail and on your boarding pass.',
  },
  {
    title: 'Security and forbidden items',
    about: [
      'liquid',
      'security',
      'knife',
      'battery',
      'batteries',
      'powerbank',
      'forbidden',
      'smok',
      'vape',
    ],
    text: 'Liquids in cabin bags are limited to 100 ml per container, in one clear bag of 1 litre. Batteries and power banks travel in the cabin only. Knives travel in checked bags. There is no smoking or vaping on board.',
  },
];

function countMatches(policy: IndexedPolicy, words: readonly string[]): number {
  const matches = (word: string): boolean =>
    policy.about.some(
      (start) =>
        word === start || word === `${start}s` || (start.length > 3 && word.startsWith(start)),
    );
  return words.filter(matches).length;
}
