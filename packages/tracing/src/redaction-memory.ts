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
  return {
    text: once((text) => redactor.text(text)),
    isSecretName: once((name) => redactor.isSecretName(name)),
  };
}

function once<T extends string | boolean>(look: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    let found = known.get(text);
    if (found === undefined) {
      found = look(text);
      known.set(text, found);
    }
    return found;
  };
}
