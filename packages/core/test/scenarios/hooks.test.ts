import { describe, expect, it } from 'vitest';
import { Agent, Runner, tool } from '../../src/index.js';
import type { FunctionTool } from '../../src/index.js';
import { functionCall, ScriptedModel } from '../../src/testing/index.js';
import { scenario } from '../support/modes.js';
import type { World } from '../support/modes.js';

const act = (world: World): FunctionTool =>
  tool({
    name: 'act',
    execute: () => {
      world.note('the tool runs');
      return { done: true };
    },
  });

describe('hooks', () => {
  scenario(
    'are called in order, the run\'s before the agent\'s, around what they tell of [LC-1 … LC-6, X-5, JS-18, RUN-46]',
    {
      process: (world) => ({
        agent: new Agent({
          name: 'A',
          model: world.model([functionCall('act'), 'Done']),
          tools: [act(world)],
          outputGuardrails: [
            {
              name: 'g',
              execute: () => {
                world.note('output guardrail');
                return { tripwireTriggered: false };
              },
            },
          ],
        }),
      }),
    },
    (outcome) =>
      expect(outcome.log).toEqual([
        'run agent_start A 1',
        'A: agent_start A 1',
        'run llm_start A',
        'A: llm_start',
        'run llm_end A 1',
        'A: llm_end',
        'run agent_tool_start A act',
        'A: agent_tool_start act',
        'the tool runs',
        'run agent_tool_end A act {"done":true}',
        'A: agent_tool_end act {"done":true}',
        'run llm_start A',
        'A: llm_start',
        'run llm_end A 1',
        'A: llm_end',
        // Only once the output guardrails have passed [X-5, RUN-26].
        'output guardrail',
        'run agent_end A Done',
        'A: agent_end Done',
      ]),
  );

  scenario(
    'tell of a handoff to the run, to the agent that hands over and to the one that takes over [LC-3, LC-7, X-6]',
    {
      process: (world) => {
        const b = new Agent({ name: 'B', model: world.model(['Done'], { name: 'b' }) });
        return {
          agent: new Agent({
            name: 'A',
            model: world.model([functionCall('transfer_to_b')], { name: 'a' }),
            handoffs: [b],
          }),
        };
      },
    },
    (outcome) =>
      expect(outcome.hooks.filter((hook) => !hook.includes('llm'))).toEqual([
        'run agent_start A 1',
        'A: agent_start A 1',
        'run agent_handoff A B',
        'A: agent_handoff A B',
        'B: agent_handoff A B',
        'run agent_start B 3',
        'B: agent_start B 3',
        'run agent_end B Done',
        'B: agent_end Done',
      ]),
  );

  it.each(['agent_start', 'llm_start', 'llm_end', 'agent_tool_start', 'agent_tool_end', 'agent_end'] as const)(
    'that throw in %s end the run with their own error, untouched [LC-8]',
    async (type) => {
      const runner = new Runner();
      const failure = new RangeError(type);
      runner.on(type, () => {
        throw failure;
      });
      const agent = new Agent({
        name: 'A',
        model: new ScriptedModel([functionCall('act'), 'Done']),
        tools: [tool({ name: 'act', execute: () => 'acted' })],
      });
      await expect(runner.run(agent, 'Hi')).rejects.toBe(failure);
    },
  );

  it('are awaited before the tool starts and before the run goes on [X-5]', async () => {
    const log: string[] = [];
    const agent = new Agent({
      name: 'A',
      model: new ScriptedModel([functionCall('act'), () => {
        log.push('model');
        return 'Done';
      }]),
      tools: [tool({ name: 'act', execute: () => log.push('tool') })],
    });
    const later = async (text: string): Promise<void> => {
      await new Promise((resolve) => setImmediate(resolve));
      log.push(text);
    };
    agent.on('agent_tool_start', () => later('before'));
    agent.on('agent_tool_end', () => later('after'));
    await new Runner().run(agent, 'Hi');
    expect(log).toEqual(['before', 'tool', 'after', 'model']);
  });

  it('of a tool are given the tool and the call', async () => {
    const seen: unknown[] = [];
    const agent = new Agent({
      name: 'A',
      model: new ScriptedModel([functionCall('act', {}, 'c9'), 'Done']),
      tools: [tool({ name: 'act', execute: () => 'acted' })],
    });
    agent.on('agent_tool_start', (_context, { name }, { toolCall }) => {
      seen.push(name, 'callId' in toolCall && toolCall.callId);
    });
    agent.on('agent_tool_end', (_context, { name }, result, { toolCall }) => {
      seen.push(name, result, 'callId' in toolCall && toolCall.callId);
    });
    await new Runner().run(agent, 'Hi');
    expect(seen).toEqual(['act', 'c9', 'act', 'acted', 'c9']);
  });

  it('of the model are given the request and the response', async () => {
    const seen: unknown[] = [];
    const runner = new Runner();
    runner.on('llm_start', (_context, _agent, request) => {
      seen.push(request.systemInstructions);
    });
    runner.on('llm_end', (context, _agent, response) => {
      seen.push(response.responseId, context.context);
    });
    const agent = new Agent({ name: 'A', model: new ScriptedModel(['Hi']), instructions: 'Be kind.' });
    await runner.run(agent, 'Hi', { context: { user: 'Ada' } });
    expect(seen).toEqual(['Be kind.', 'resp_1', { user: 'Ada' }]);
  });
});
