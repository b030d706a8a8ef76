import { type OpenAITestServer, startOpenAIServer } from '@baton/testing';
import { replyTo, wantsVerdict } from './reply-to.js';

export const OFFLINE_MODEL = 'offline-rules';

/** Between two words where somebody watches: about as fast as a small model. */
const PACE_MS = 12;

/** Starts a local server that speaks OpenAI's API, with plain rules where the model would be. */
export function startOfflineModel({ paced }: { paced: boolean }): Promise<OpenAITestServer> {
  return startOpenAIServer({
    models: [OFFLINE_MODEL],
    reply: (request) => {
      const output = replyTo(request);
      const isRead = paced && !wantsVerdict(request) && output[0]?.type === 'message';
      return { output, eventDelayMs: isRead ? PACE_MS : 0 };
    },
  });
}
