import { describe, expect, it } from 'vitest';
import { searchPolicies } from '../src/data/policies.js';

describe('searchPolicies', () => {
  it.each([
    ['how many bags', ['Baggage']],
    ['can I bring my dog?', ['Pets']],
    ['is there wifi', ['Wi-Fi']],
    ['Can I get a refund', ['Refunds and cancellation']],
    ['when does check in open', ['Check-in and boarding']],
    ['are there vegan meals', ['Food and drinks']],
    ['how much legroom is there', ['The cabin']],
    ['do you fly to mars', []],
  ])('%j finds %j', (question, titles) => {
    expect(searchPolicies(question).map(({ title }) => title)).toEqual(titles);
  });
});
