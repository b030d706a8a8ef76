import { describe, expect, it } from 'vitest';
import { BookingStore } from '../src/data/booking-store.js';
import { newDataFolder } from './support/new-data-folder.js';
import { answersOf, runDemo } from './support/run-demo.js';

/** Pipes the lines into the demo; gives the answers, with each run of spaces and line ends as one space. */
async function chat(...lines: string[]): Promise<string[]> {
  const { stdout, code } = await runDemo({ lines });
  expect(code).toBe(0);
  return answersOf(stdout).map((answer) => answer.replaceAll(/\s+/g, ' '));
}

describe('the demo with the offline model', () => {
  it('changes a seat for good: a second run knows it', async () => {
    const data = newDataFolder();
    const question = 'Move me to seat 14C, my confirmation number is LL0EG6';
    const first = await runDemo({ args: [question], data });
    expect(first).toMatchObject({ code: 0, stderr: '' });
    expect(first.stdout).toContain('moved from 12F to seat 14C');
    expect(new BookingStore(data).find('LL0EG6')?.booking.seat).toBe('14C');

    const second = await runDemo({ args: ["what's my seat? LL0EG6"], data });
    expect(second.stdout).toContain('you are in seat 14C');
  });

  it('says in its first line that it is offline', async () => {
    const { stdout } = await runDemo({ args: ['hi'] });
    expect(stdout.split('\n', 1)[0]).toContain('offline');
  });

  it('shows guardrail, handoff, tool calls, tool outputs and where the time went', async () => {
    const { stdout } = await runDemo({ args: ['--', 'Move me to 14C, LL0EG6'] });
    const notes = stdout.match(/^ {2}(guardrail|handoff|tool call|tool output) .*$/gm);
    expect(notes?.map((note) => note.trim().replaceAll(/ {2,}/g, ' '))).toEqual([
      'guardrail on_topic passed',
      'handoff Triage → Seat Booking',
      'tool call look_up_booking(LL0EG6)',
      'tool output passenger Iris Holm, seat 12F, seat kind window, flight BN412,',
      'tool call change_seat(LL0EG6, 14C)',
      'tool output passenger Iris Holm, seat 14C, previous seat 12F, flight BN412',
    ]);
    expect(stdout).toMatch(/^ {4}change_seat +━+ +\d+ ms$/m);
    expect(stdout).toMatch(/ms · 5 model calls · [\d,]+ tokens in · \d+ out/);
  });

  it('asks for the number that is missing, then does what was asked before', async () => {
    const answers = await chat('put me in 14C', 'LL0EG9', 'sorry, ll0eg6');
    expect(answers[0]).toContain('What is your confirmation number?');
    expect(answers[1]).toContain('no booking under LL0EG9');
    expect(answers[2]).toContain('moved from 12F to seat 14C');
  });

  it('follows a conversation: "and a window seat?", "the second one", "actually 15A instead"', async () => {
    const answers = await chat(
      'what seats are free on my flight? LL0EG6',
      'and a window seat?',
      'the second one',
      'actually 15A instead',
      "what's my seat",
    );
    expect(answers[0]).toContain('15 seats are free on flight BN412');
    expect(answers[1]).toContain('Free window seats on flight BN412: 5A, 5F,');
    expect(answers[2]).toContain('to seat 5F');
    expect(answers[3]).toContain('from 5F to seat 15A');
    expect(answers[4]).toContain('you are in seat 15A, a window seat');
  });

  it('the next message goes to the agent that spoke last', async () => {
    const answers = await chat('what is my seat? LL0EG6', 'when does my flight leave?');
    expect(answers[0]).toContain('Triage → Seat Booking');
    expect(answers[1]).not.toContain('handoff');
    expect(answers[1]).toContain('Seat Booking ›');
  });

  it('offers a free seat and takes yes for an answer', async () => {
    const answers = await chat('is 15a free? LL0EG6', 'yes');
    expect(answers[0]).toContain('Shall I move you to 15A?');
    expect(answers[1]).toContain('to seat 15A');
  });

  it.each([
    ['14B', 'Seat 14B is taken'],
    ['14Z', 'There is no seat 14Z'],
    ['12F', 'You are already in seat 12F'],
  ])('says why seat %s cannot be had', async (seat, reason) => {
    const [answer] = await chat(`Move me to ${seat}, LL0EG6`);
    expect(answer).toContain(reason);
  });

  it('does several things in one message, handing back between them', async () => {
    const [answer] = await chat('move me to 14C (LL0EG6) and can I bring my dog / how many bags?');
    expect(answer).toContain('to seat 14C');
    expect(answer).toContain('Seat Booking → Triage');
    expect(answer).toContain('Triage → FAQ');
    expect(answer).toContain('Small dogs and cats');
    expect(answer).toContain('one checked bag up to 23 kg');
  });

  it('stops what is off topic, politely, and goes on with the conversation', async () => {
    const answers = await chat('put me in 14C', 'who won the world cup', 'LL0EG6');
    expect(answers[1]).toContain('on_topic stopped it');
    expect(answers[1]).toContain('Sorry');
    expect(answers[2]).toContain('to seat 14C');
  });

  it.each([
    ['hi', 'welcome'],
    ['thanks', 'You are welcome'],
    ['asdf', 'I did not understand that. I can look up a booking'],
    ['what can you do', 'I am a small set of rules'],
    ['do you fly to mars', 'nothing about that in our policies'],
  ])('answers %j', async (text, expected) => {
    expect((await chat(text))[0]).toContain(expected);
  });
});
