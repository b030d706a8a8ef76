import { httpError, message, startOpenAIServer, type Reply } from '@baton/testing';
import { describe, expect, it } from 'vitest';
import { answersOf, runDemo } from './support/run-demo.js';

const VERDICT = message('{"onTopic":true,"reason":"a greeting"}');

/** Pipes two messages to a server that fails on the first. */
async function failThenAnswer(...failing: Reply[]): Promise<{ answers: string[]; code: number }> {
  const server = await startOpenAIServer({ script: [...failing, VERDICT, message('Here I am.')] });
  try {
    const env = { OPENAI_API_KEY: 'sk-test', OPENAI_BASE_URL: server.url };
    const { stdout, code } = await runDemo({ lines: ['hello', 'hello again'], env });
    return { answers: answersOf(stdout), code };
  } finally {
    await server.close();
  }
}

describe('when the model cannot be reached', () => {
  it('a refused key is one clear error, and the chat goes on', async () => {
    const refusal = httpError(401, { message: 'Incorrect API key provided.' });
    const { answers, code } = await failThenAnswer(refusal);
    expect(answers[0]).toMatch(/^ {2}error +.*answered 401: Incorrect API key/m);
    expect(answers[0]).not.toContain('model call');
    expect(answers[1]).toContain('Triage › Here I am.');
    expect(code).toBe(1);
  });

  it('a dropped stream is one clear error, and the chat goes on', async () => {
    const dropped = { output: message('Lost.'), fault: { kind: 'drop', afterEvents: 4 } } as const;
    const { answers, code } = await failThenAnswer(VERDICT, dropped);
    expect(answers[0]).toMatch(/^ {2}error +.*broke off/m);
    expect(answers[1]).toContain('Triage › Here I am.');
    expect(code).toBe(1);
  });

  it('a server that is not there is one clear error', async () => {
    const server = await startOpenAIServer();
    await server.close();
    const env = { OPENAI_API_KEY: 'sk-test', OPENAI_BASE_URL: server.url };
    const { stdout, code } = await runDemo({ args: ['hello'], env });
    expect(stdout).toMatch(/^ {2}error +Could not reach http:\/\/127\.0\.0\.1/m);
    expect(code).toBe(1);
  });
});

describe('a message that the guardrail stopped', () => {
  it('is not shown to the model later', async () => {
    const offTopic = message('{"onTopic":false,"reason":"football"}');
    const server = await startOpenAIServer({ script: [offTopic, VERDICT, message('Hello.')] });
    try {
      const env = { OPENAI_API_KEY: 'sk-test', OPENAI_BASE_URL: server.url };
      const { stdout } = await runDemo({ lines: ['who won the cup?', 'hello'], env });
      expect(answersOf(stdout)[0]).toContain('Sorry');
      expect(server.requests).toHaveLength(3);
      expect(JSON.stringify(server.requests[2]?.body)).not.toContain('cup');
    } finally {
      await server.close();
    }
  });
});

describe('the command line', () => {
  it('--model and the environment choose model and server', async () => {
    const server = await startOpenAIServer({ script: [VERDICT, message('Hello.')] });
    try {
      const env = { OPENAI_API_KEY: 'sk-test', OPENAI_BASE_URL: server.url };
      const { stdout, code } = await runDemo({ args: ['--model', 'my-model', 'hello'], env });
      expect(stdout.split('\n', 1)[0]).toContain(`my-model at ${server.url}`);
      expect(server.requests.map(({ body }) => body['model'])).toEqual(['my-model', 'my-model']);
      expect(code).toBe(0);
    } finally {
      await server.close();
    }
  });

  it('--offline keeps away from the server although there is a key', async () => {
    const env = { OPENAI_API_KEY: 'sk-test', OPENAI_BASE_URL: 'http://127.0.0.1:1/v1' };
    const { stdout, code } = await runDemo({ args: ['--offline', 'hello'], env });
    expect(stdout).toContain('Hello and welcome');
    expect(code).toBe(0);
  });

  it('an unknown option and an unusable data folder end with a message and exit code 1', async () => {
    expect(await runDemo({ args: ['--nope'] })).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("'--nope'"),
    });
    expect(await runDemo({ args: ['hi'], data: '/dev/null/x' })).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('Set AIRLINE_DATA'),
    });
  });

  it('without a question and without input it ends at once', async () => {
    expect(await runDemo({})).toMatchObject({ code: 0, stderr: '' });
  });

  it('--help tells how it is used', async () => {
    const { stdout, code } = await runDemo({ args: ['--help'] });
    expect(stdout).toContain('Usage: pnpm demo');
    expect(code).toBe(0);
  });

  it('commands work in a pipe, and an unknown one is named', async () => {
    const { stdout } = await runDemo({ lines: ['/bookings', '/nope', '/quit', 'hi'] });
    const answers = answersOf(stdout);
    expect(answers[0]).toContain('LL0EG6  Iris Holm, seat 12F');
    expect(answers[1]).toContain('no command /nope');
    expect(answers).toHaveLength(3);
  });
});
