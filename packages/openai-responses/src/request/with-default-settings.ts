import type { ModelRequest, ModelSettings } from '@baton/core/model';

/** The request with settings for what it leaves open; a prompt template has its own [JS-11]. */
export function withDefaultSettings(request: ModelRequest, defaults: ModelSettings): ModelRequest {
  if (request.prompt !== undefined && request.overridePromptModel !== true) return request;
  const { modelSettings } = request;
  const { reasoning, text } = modelSettings;
  const own = modelSettings.providerData;
  return {
    ...request,
    modelSettings: {
      ...modelSettings,
      reasoning: own?.['reasoning'] === undefined ? (reasoning ?? defaults.reasoning) : reasoning,
      text: own?.['text'] === undefined ? (text ?? defaults.text) : text,
    },
  };
}
