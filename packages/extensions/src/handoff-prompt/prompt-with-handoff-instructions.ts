/**
 * What a model should know of handoffs before its own instructions begin: that it is one of several agents, how it
 * hands over, and that the user should not notice. Use it at the head of the instructions of every agent that hands
 * over or is handed to; `promptWithHandoffInstructions()` does so.
 *
 * @see HO-13: says in other words what the text of the same name in `@openai/agents` says.
 */
export const RECOMMENDED_PROMPT_PREFIX: string = `# System context
You are one agent of a multi-agent system. Two things make it up: **agents** and **handoffs**. An agent has its own instructions and tools, and can hand the conversation over to another agent that is a better fit for the request. You hand over by calling a handoff function, usually named \`transfer_to_<agent_name>\`. A transfer happens out of the user's sight and the conversation simply goes on: never mention transfers to the user, and do not draw attention to them.
`;

/**
 * Puts the recommended words on handoffs before an agent's instructions.
 *
 * @param prompt The agent's own instructions; they follow after an empty line.
 *
 * @example
 * ```ts
 * import { Agent } from '@baton/core';
 * import { promptWithHandoffInstructions } from '@baton/extensions/handoff-prompt';
 *
 * const refunds = new Agent({ name: 'Refunds' });
 * export const triage = new Agent({
 *   name: 'Triage',
 *   instructions: promptWithHandoffInstructions('Find out what the customer needs.'),
 *   handoffs: [refunds],
 * });
 * ```
 */
export function promptWithHandoffInstructions(prompt: string): string {
  return `${RECOMMENDED_PROMPT_PREFIX}\n\n${prompt}`;
}
