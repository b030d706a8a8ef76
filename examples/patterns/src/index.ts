import { startOpenAIServer } from '@baton/testing';
import { replyFunctions } from './offline/reply-functions.js';
import { patterns } from './patterns.js';
import type { PatternName } from './patterns.js';

// Runs one pattern: with a key against OpenAI, without one against a local server where rules play the model.
const name = process.argv.slice(2).find((word) => word !== '--');

if (isPattern(name)) {
  const hasKey = (process.env['OPENAI_API_KEY'] ?? '').trim() !== '';
  const server = hasKey ? undefined : await startOpenAIServer({ reply: replyFunctions[name] });
  if (server !== undefined) {
    process.env['OPENAI_API_KEY'] = 'offline';
    process.env['OPENAI_BASE_URL'] = server.url;
    delete process.env['OPENAI_DEFAULT_MODEL'];
  }
  try {
    await patterns[name]();
  } finally {
    await server?.close();
  }
} else {
  console.error(`Name one of: ${Object.keys(patterns).join(', ')}`);
  process.exitCode = 1;
}

function isPattern(word: string | undefined): word is PatternName {
  return word !== undefined && Object.hasOwn(patterns, word);
}
