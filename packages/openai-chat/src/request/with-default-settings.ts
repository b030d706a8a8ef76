import type { ModelRequest, ModelSettings } from '@baton/core/model';

/**
 * The request with settings for what it leaves open. Efforts that nobody asked for stay away where there are tools and
 * the model takes only one of the two in this API.
 */
export function withDefaultSettings(
  request: ModelRequest,
  defaults: Pick<ModelSettings, 'reasoning' | 'text'>,
  model: string,
): ModelRequest {
  const { modelSettings, tools, handoffs } = request;
  const own = modelSettings.providerData;
  const noEffort =
    own?.['reasoning_effort'] !== undefined ||
    (tools.length + handoffs.length > 0 && NOT_WITH_TOOLS.test(model));
  return {
    ...request,
    modelSettings: {
      ...modelSettings,
      reasoning: modelSettings.reasoning ?? (noEffort ? undefined : defaults.reasoning),
      text:
        own?.['verbosity'] === undefined
          ? (modelSettings.text ?? defaults.text)
          : modelSettings.text,
    },
  };
}

/** As @openai/agents 0.20 has it. */
const NOT_WITH_TOOLS = /^gpt-5\.6(-(sol|terra|luna)(-\d{4}-\d{2}-\d{2})?)?$/;
