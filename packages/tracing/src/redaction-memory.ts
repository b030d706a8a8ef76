import type { Redactor } from './redaction.js';

/**
 * Looks at each text once: what a model call of a run is given is mostly what the call before was given. For spans that are
 * finished together, and no longer, as it holds texts as they were.
 */
export class RedactionMemory {
  readonly #redactors = new Map<Redactor, Redactor>();

  of(redactor: Redactor): Redactor {
    const known = this.#redactors.get(redactor);
    if (known !== undefined) return known;
    const remembering = rememberingRedactor(redactor);
    this.#redactors.set(redactor, remembering);
    return remembering;
  }
}

function rememberingRedactor(redactor: Redactor): Redactor {
  const texts = new Map<string, string>();
  const names = new Map<string, boolean>();
  return {
    text: (text) => {
      let clean = texts.get(text);
      if (clean === undefined) {
        clean = redactor.text(text);
        texts.set(text, clean);
      }
      return clean;
    },
    isSecretName: (name) => {
      let isSecret = names.get(name);
      if (isSecret === undefined) {
        isSecret = redactor.isSecretName(name);
        names.set(name, isSecret);
      }
      return isSecret;
    },
  };
}
