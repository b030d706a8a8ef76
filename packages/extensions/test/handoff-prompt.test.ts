import { describe, expect, it } from 'vitest';
import { Agent, getHandoff, run } from '@baton/core';
import { ScriptedModel } from '@baton/core/testing';
import {
  promptWithHandoffInstructions,
  RECOMMENDED_PROMPT_PREFIX,
} from '../src/handoff-prompt/index.js';

describe('RECOMMENDED_PROMPT_PREFIX', () => {
  it.each([
    ['begins with the context of the system', /^# System context\n/],
    ['says that there are several agents', /multi-agent system/],
    ['names the two things there are', /\*\*agents\*\* and \*\*handoffs\*\*/],
    ['says what an agent is', /instructions and tools/],
    ['says how to hand over', /calling a handoff function/],
    ['asks for silence about transfers', /never mention transfers to the user/],
    ['ends its last line', /\.\n$/],
  ])('%s [HO-13]', (_what, pattern) => {
    expect(RECOMMENDED_PROMPT_PREFIX).toMatch(pattern);
  });

  it('names handoff functions as they are named [HO-13]', () => {
    const [prefix] = RECOMMENDED_PROMPT_PREFIX.match(/transfer_to_(?=<agent_name>)/) ?? [''];
    expect(getHandoff(new Agent({ name: 'Refunds' })).toolName).toBe(`${prefix}refunds`);
  });
});

describe('promptWithHandoffInstructions', () => {
  it('puts the prefix and an empty line before the prompt [HO-14]', () => {
    expect(promptWithHandoffInstructions('Be brief.')).toBe(
      `${RECOMMENDED_PROMPT_PREFIX}\n\nBe brief.`,
    );
  });

  it('makes instructions that a model is given [EX-1, HO-14]', async () => {
    const model = new ScriptedModel(['Hello']);
    await run(
      new Agent({ name: 'A', model, instructions: promptWithHandoffInstructions('Be brief.') }),
      'Hi',
    );
    expect(model.calls[0]?.request.systemInstructions).toContain('# System context');
  });
});
