import { law, type Law } from '../contract/law.js';
import { type Mode, ModelLab } from './model-lab.js';
import type { ModelTestFeature, ModelTestSetup } from './model-test-setup.js';

/** One promise of a model, before it is known which model. */
export interface ModelLaw {
  readonly name: string;
  /** What the provider has to have; default nothing. */
  readonly needs?: readonly ModelTestFeature[];
  /** In which modes it is a law of its own; default both. */
  readonly modes?: readonly Mode[];
  readonly check: (lab: ModelLab, mode: Mode) => Promise<void>;
}

/** The laws for one model: one for each mode, none that needs what the provider has not got. */
export function lawsFor(laws: readonly ModelLaw[], setup: ModelTestSetup): readonly Law[] {
  const { without = [] } = setup;
  return laws
    .filter(({ needs = [] }) => !needs.some((feature) => without.includes(feature)))
    .flatMap(({ name, modes = BOTH, check }) =>
      modes.map((mode) =>
        law(modes.length > 1 ? `${name} (${mode})` : name, async () => {
          const lab = new ModelLab(setup);
          try {
            await check(lab, mode);
          } finally {
            await lab.close();
          }
        }),
      ),
    );
}

const BOTH: readonly Mode[] = ['plain', 'streamed'];
