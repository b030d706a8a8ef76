import { describe, expect, it } from 'vitest';
import { Agent, run, tool, toolNamespace } from '../../src/index.js';
import type { FunctionTool } from '../../src/index.js';
import type { FunctionCallItem } from '../../src/index.js';
import { functionCall, ScriptedModel } from '../../src/testing/index.js';
import { scenario } from '../support/modes.js';
import type { ItemView, World } from '../support/modes.js';

const find = (where: string, needsApproval = false): FunctionTool =>
  tool({ name: 'find', needsApproval, execute: () => `found in ${where}` });
const inNamespace = (name: string, needsApproval = false): readonly FunctionTool[] =>
  toolNamespace({ name, description: `Things of ${name}.`, tools: [find(name, needsApproval)] });
const call = (callId: string, namespace?: string): FunctionCallItem => ({
  ...functionCall('find', {}, callId),
  ...(namespace !== undefined && { namespace }),
});

const outputs = (items: readonly ItemView[] | undefined): unknown[] =>
  (items ?? []).flatMap((item) => (item.type === 'tool_call_output_item' ? [item.output] : []));

const finder =
  (script: ConstructorParameters<typeof ScriptedModel>[0], tools: readonly FunctionTool[]) =>
  (world: World) => ({ agent: new Agent({ name: 'A', model: world.model(script), tools: [...tools] }) });

describe('two namespaces with a tool of the same name', () => {
  scenario(
    'each answers its own calls, beside one without a namespace [JS-32]',
    {
      process: finder(
        [[call('c1', 'crm'), call('c2', 'shop'), call('c3')], 'Done.'],
        [...inNamespace('crm'), ...inNamespace('shop'), find('the open')],
      ),
    },
    ({ newItems, finalOutput }) => {
      expect(outputs(newItems)).toEqual(['found in crm', 'found in shop', 'found in the open']);
      expect(finalOutput).toBe('Done.');
    },
  );

  scenario(
    'an approval for good of the one is none of the other [JS-32]',
    {
      process: finder(
        [call('c1', 'crm'), [call('c2', 'crm'), call('c3', 'shop')], 'Done.'],
        [...inNamespace('crm', true), ...inNamespace('shop', true)],
      ),
      answer: (state, interruptions) => {
        for (const each of interruptions) state.approve(each, { alwaysApprove: true });
      },
    },
    ({ asked, newItems }) => {
      expect(asked).toEqual([['crm.find {}'], ['shop.find {}']]);
      expect(outputs(newItems)).toEqual(['found in crm', 'found in crm', 'found in shop']);
    },
  );

  scenario(
    'the output of either can be the final output [JS-32]',
    {
      process: (world) => ({
        agent: new Agent({
          name: 'A',
          model: world.model([call('c1', 'shop')]),
          tools: [...inNamespace('crm'), ...inNamespace('shop')],
          toolUseBehavior: 'stop_on_first_tool',
        }),
      }),
    },
    ({ finalOutput }) => expect(finalOutput).toBe('found in shop'),
  );
});

describe('a call that names no namespace', () => {
  it('means the only tool of that name [JS-32]', async () => {
    const model = new ScriptedModel([call('c1'), 'Done.']);
    const agent = new Agent({ name: 'A', model, tools: [...inNamespace('crm')] });
    const { newItems } = await run(agent, 'Hi');
    expect(newItems.map((item) => item.type)).toContain('tool_call_output_item');
  });

  it('is refused where there are several [JS-32]', async () => {
    const model = new ScriptedModel([call('c1')]);
    const tools = [...inNamespace('crm'), ...inNamespace('shop')];
    await expect(run(new Agent({ name: 'A', model, tools }), 'Hi')).rejects.toThrow(/find/);
  });
});

it('a call of a tool that a search has loaded names it as its namespace [JS-32]', async () => {
  const model = new ScriptedModel([call('c1', 'find'), 'Done.']);
  const { finalOutput } = await run(new Agent({ name: 'A', model, tools: [find('the open')] }), 'Hi');
  expect(finalOutput).toBe('Done.');
});

it('a call in a namespace is none of a tool elsewhere [JS-32]', async () => {
  const model = new ScriptedModel([call('c1', 'shop')]);
  const agent = new Agent({ name: 'A', model, tools: [...inNamespace('crm'), find('the open')] });
  await expect(run(agent, 'Hi')).rejects.toThrow(/shop\.find/);
});

it('two tools of one name in one namespace are refused [JS-32]', async () => {
  const tools = [...inNamespace('crm'), ...inNamespace('crm')];
  const agent = new Agent({ name: 'A', model: new ScriptedModel(['Hi']), tools });
  await expect(run(agent, 'Hi')).rejects.toThrow(/two tools named "crm\.find"/);
});
