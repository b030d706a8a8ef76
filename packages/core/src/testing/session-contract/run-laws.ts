import { Agent } from '../../agent/index.js';
import { type AgentInputItem, findUnpairedItems } from '../../item/index.js';
import { Runner } from '../../run/index.js';
import type { Session } from '../../session/index.js';
import { type FunctionTool, tool } from '../../tool/index.js';
import { expectSame } from '../contract/expect-same.js';
import { functionCall, reasoning, ScriptedModel } from '../scripted-model.js';
import type { SessionLaw } from './session-lab.js';

/** A session does in runs what it is for. */
export const runLaws: readonly SessionLaw[] = [runLaw('plain'), runLaw('streamed')];

function runLaw(mode: 'plain' | 'streamed'): SessionLaw {
  return {
    name: `two runs with tools leave a conversation that has everything once and in order (${mode})`,
    check: async (lab) => {
      const session = await lab.create();
      const model = new ScriptedModel([
        [
          reasoning('Both.'),
          functionCall('look_up', { query: 'a' }),
          functionCall('look_up', { query: 'b' }),
        ],
        'A and B.',
        functionCall('look_up', { query: 'c' }, 'call_again'),
        'C.',
      ]);
      const first = await play(model, { question: 'a and b?', session, mode });
      await lab.expectItems(session, first);
      expectSame(first.length, 7, 'The number of items after the first run');

      const again = await lab.reopen(session);
      const second = await play(model, { question: 'c?', session: again, mode });
      const stored = await session.getItems();
      lab.expectSameItems(stored, second, 'getItems() beside the history of the second run');
      lab.expectSameItems(stored.slice(0, first.length), first, 'What the first run left');
      expectSame(stored.length, 11, 'The number of items after the second run');
      expectSame(
        findUnpairedItems(stored),
        { calls: [], results: [] },
        'Items without their other half',
      );
      lab.expectSameItems(
        model.calls[2]?.input ?? [],
        stored.slice(0, first.length + 1),
        'What the model was given in the second run',
      );
    },
  };
}

interface Play {
  readonly question: string;
  readonly session: Session;
  readonly mode: 'plain' | 'streamed';
}

/** One run, and the conversation it ends with. */
async function play(
  model: ScriptedModel,
  { question, session, mode }: Play,
): Promise<readonly AgentInputItem[]> {
  const runner = new Runner({ model });
  const agent = new Agent({ name: 'Librarian', tools: [lookUpTool()] });
  if (mode === 'plain') return (await runner.run(agent, question, { session })).history;
  const result = await runner.run(agent, question, { session, stream: true });
  await result.completed;
  return result.history;
}

function lookUpTool(): FunctionTool {
  return tool({
    name: 'look_up',
    description: 'Looks something up.',
    parameters: {
      type: 'object',
      properties: { query: { type: 'string' } },
      required: ['query'],
      additionalProperties: false,
    },
    execute: (input) => `Found ${JSON.stringify(input)}`,
  });
}
