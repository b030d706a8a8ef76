import { getDefaultModel, OpenAIResponsesProvider } from '@baton/agents';
import { OFFLINE_MODEL, startOfflineModel } from './offline/offline-model.js';
import type { Options } from './options.js';

/** The model the agents talk to. */
export interface Connection {
  readonly modelProvider: OpenAIResponsesProvider;
  readonly model: string;
  /** For the first line. */
  readonly description: string;
  close(): Promise<void>;
}

/** How the environment and the options choose the model. */
export interface ConnectOptions extends Pick<Options, 'model' | 'offline'> {
  readonly env: NodeJS.ProcessEnv;
  /** Whether somebody watches, so that the offline model's text shall come at a readable pace. */
  readonly watched: boolean;
}

/** With a key, OpenAI or whoever is at `OPENAI_BASE_URL`; without, the offline model behind a local server. */
export async function connect({
  env,
  model,
  offline,
  watched,
}: ConnectOptions): Promise<Connection> {
  const apiKey = env['OPENAI_API_KEY']?.trim() ?? '';
  if (offline || apiKey === '') {
    const server = await startOfflineModel({ paced: watched });
    return {
      modelProvider: new OpenAIResponsesProvider({ apiKey: 'offline', baseURL: server.url }),
      model: OFFLINE_MODEL,
      description: `offline: ${offline ? '' : 'no OPENAI_API_KEY, so '}plain rules play the model.`,
      close: () => server.close(),
    };
  }
  const baseURL = env['OPENAI_BASE_URL']?.trim() || undefined;
  const name = model ?? (env['OPENAI_DEFAULT_MODEL']?.trim() || getDefaultModel());
  return {
    modelProvider: new OpenAIResponsesProvider({ apiKey, baseURL }),
    model: name,
    description: `${name}${baseURL === undefined ? '' : ` at ${baseURL}`}`,
    close: () => Promise.resolve(),
  };
}
