/** Instructions that tell a model about handoffs: `@baton/extensions/handoff-prompt`. */
export {
  promptWithHandoffInstructions,
  RECOMMENDED_PROMPT_PREFIX,
} from './prompt-with-handoff-instructions.js';
