import { expect, it } from 'vitest';
import { post } from './post.js';
import { withServer } from './with-server.js';

export const model = 'gpt-test';

/** A request with one thing wrong in it, and what OpenAI answers. */
export interface Refusal {
  readonly rule: string;
  readonly body: unknown;
  /** A part of the message. */
  readonly message: string;
  /** Default: not looked at. */
  readonly param?: string;
  /** Default: null. */
  readonly code?: string;
  /** Default: 400. */
  readonly status?: number;
  /** Default: `/responses`. */
  readonly path?: string;
}

/** A refusal of an otherwise good request with these fields. */
export function row(
  rule: string,
  fields: object,
  expected: Omit<Refusal, 'rule' | 'body'>,
): Refusal {
  return { rule, body: { model, input: 'Hi', ...fields }, ...expected };
}

/** A refusal of an otherwise good request for a chat completion with these fields. */
export function chatRow(
  rule: string,
  fields: object,
  expected: Omit<Refusal, 'rule' | 'body'>,
): Refusal {
  const messages = [{ role: 'user', content: 'Hi' }];
  return { rule, body: { model, messages, ...fields }, path: '/chat/completions', ...expected };
}

/** One test per row. */
export function itRefuses(rows: readonly Refusal[]): void {
  for (const {
    rule,
    body,
    message,
    param,
    code = null,
    status = 400,
    path = '/responses',
  } of rows) {
    it(`the server refuses ${rule}`, async () => {
      const server = await withServer({ reply: () => 'Never sent.' });
      const answer = await post(server.url, body, { path });
      expect(answer.json()).toEqual({
        error: {
          message: expect.stringContaining(message),
          type: 'invalid_request_error',
          param: param ?? expect.toSatisfy(() => true),
          code,
        },
      });
      expect(answer.status).toBe(status);
    });
  }
}
