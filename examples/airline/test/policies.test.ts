import { describe, expect, it } from 'vitest';
import { findPolicies } from '../src/data/policies.js';

describe('findPolicies', () => {
  it.each([
    ['how many bags', ['Baggage']],
    ['can I bring my dog?', ['Pets']],
    ['I lost my suitcase', ['Baggage', 'Lost and damaged baggage']],
    ['can my cat be on board?', ['Pets']],
    ['is there wifi', ['Wi-Fi']],
    ['Can I get a refund', ['Refunds and cancellation']],
    ['when does check in open', ['Check-in and boarding']],
    ['are there vegan meals', ['Food and drinks']],
    ['how much legroom is there', ['The cabin']],
    ['do you fly to mars', []],
  ])('%j finds %j', (question, titles) => {
    expect(findPolicies(question).map(({ title }) => title)).toEqual(titles);
  });
});
