import { type OpenAITestServer, startOpenAIServer } from '@baton/testing';
import { replyTo } from './reply-to.js';

export const OFFLINE_MODEL = 'offline-rules';

/** Between two events of a stream where somebody watches: about the speed of a small model. */
const PACE_MS = 8;

/** Starts a local server that speaks OpenAI's API, with plain rules where the model would be. */
export function startOfflineModel({ paced }: { paced: boolean }): Promise<OpenAITestServer> {
  return startOpenAIServer({
    models: [OFFLINE_MODEL],
    reply: (request) => ({ output: replyTo(request), eventDelayMs: paced ? PACE_MS : 0 }),
  });
}
