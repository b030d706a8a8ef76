import { messageOf } from '../../error/index.js';

/** One promise of a contract, as a test: works with every test runner. */
export interface Law {
  /** What has to hold, in the present tense; unique in its suite. */
  readonly name: string;
  /** Resolves where the law holds; rejects with an `Error` that says what was expected and what came. */
  readonly run: () => Promise<void>;
}

/** A law whose failure begins with its name, whoever threw. */
export function law(name: string, check: () => Promise<void>): Law {
  return {
    name,
    run: async () => {
      try {
        await check();
      } catch (error) {
        throw new Error(`The law "${name}" does not hold. ${messageOf(error)}`, { cause: error });
      }
    },
  };
}
