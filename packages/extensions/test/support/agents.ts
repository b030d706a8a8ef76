import fc from 'fast-check';
import { Agent, tool } from '@baton/core';
import type { AnyAgent, HandoffTarget, HostedTool, Tool } from '@baton/core';

/** A function tool that does nothing. */
export function aTool(name: string): Tool {
  return tool({ name, execute: () => '' });
}

/** A hosted tool, as provider packages make them. */
export const webSearch: HostedTool = { type: 'hosted_tool', name: 'web_search' };

/** A guardrail that lets everything pass. */
export function aGuardrail(name: string): {
  name: string;
  execute: () => { tripwireTriggered: false };
} {
  return { name, execute: () => ({ tripwireTriggered: false }) };
}

/** Three agents that hand back and forth, with one of each thing an agent can have. */
export function office(): Agent {
  const helper = new Agent({ name: 'Helper', tools: [webSearch] });
  const clerk: Agent = new Agent({
    name: 'Clerk',
    tools: [aTool('look_up'), { type: 'hosted_tool', name: 'hosted_mcp', serverLabel: 'docs' }],
    handoffs: [() => desk],
    outputGuardrails: [aGuardrail('is_polite')],
  });
  const desk: Agent = new Agent({
    name: 'Desk',
    handoffs: [clerk],
    tools: [helper.asTool({ toolName: 'ask_helper' })],
    inputGuardrails: [aGuardrail('is_on_topic')],
  });
  return desk;
}

/** Agents that know each other in any way there is. */
export const anyAgents: fc.Arbitrary<AnyAgent> = fc
  .array(
    fc.record({
      name: fc.oneof(
        fc.constantFrom(
          'A',
          'B',
          'end',
          '1. one',
          'a "b" <c> & \\d #35; `e`',
          'x'.repeat(90),
          'Ünï 日本 👍',
        ),
        fc
          .string({ minLength: 1, maxLength: 30, unit: 'binary' })
          .filter((name) => name.trim() !== ''),
      ),
      tools: fc.integer({ min: 0, max: 20 }),
      handoffs: fc.array(fc.nat(11), { maxLength: 4 }),
      calls: fc.array(fc.nat(11), { maxLength: 2 }),
    }),
    { minLength: 1, maxLength: 12 },
  )
  .map((plans) => {
    const agents: Agent[] = [];
    for (const [index, { name, tools, handoffs, calls }] of plans.entries()) {
      // An agent can only be made a tool of once it is there.
      const called = calls.flatMap((call) => (call < index ? (agents[call] ?? []) : []));
      const targets = handoffs.filter((target) => target < plans.length);
      agents.push(
        new Agent({
          name,
          tools: [
            ...Array.from({ length: tools }, (_, number) => aTool(`tool_${number}`)),
            ...called.map((agent, number) => agent.asTool({ toolName: `ask_${number}` })),
          ],
          handoffs: targets.map(
            (target): HandoffTarget<unknown> =>
              () =>
                agents[target] ?? failed(),
          ),
        }),
      );
    }
    return agents.at(-1) ?? failed();
  });

function failed(): never {
  throw new Error('The plan names an agent that is not there');
}
