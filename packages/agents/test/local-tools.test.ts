import {
  Agent,
  applyDiff,
  applyPatchTool,
  computerTool,
  OpenAIResponsesModel,
  run,
  shellTool,
  type Computer,
} from '@baton/agents';
import { startOpenAIServer } from '@baton/testing';
import { expect, it } from 'vitest';

const computer: Computer = {
  environment: 'browser',
  dimensions: [800, 600],
  screenshot: () => 'aGk=',
  click: () => undefined,
  doubleClick: () => undefined,
  scroll: () => undefined,
  type: () => undefined,
  wait: () => undefined,
  move: () => undefined,
  keypress: () => undefined,
  drag: () => undefined,
};

const checks = [{ id: 'sc_1', code: 'malicious_instructions', message: 'The page gives orders' }];

it('OpenAI takes what local tools answer, and what stands for a refusal', async () => {
  const server = await startOpenAIServer({
    script: [
      [
        {
          type: 'computer_call',
          actions: [{ type: 'click', x: 1, y: 2, button: 'left' }],
          pending_safety_checks: checks,
        },
        { type: 'shell_call', action: { commands: ['ls'], timeout_ms: null, max_output_length: 10 } },
        { type: 'apply_patch_call', operation: { type: 'update_file', path: 'a', diff: '-x\n+y' } },
      ],
      [
        { type: 'computer_call', actions: [{ type: 'type', text: 'rm' }] },
        { type: 'shell_call', action: { commands: ['rm'] } },
        { type: 'apply_patch_call', operation: { type: 'delete_file', path: 'a' } },
      ],
      'Done',
    ],
  });
  const agent = new Agent({
    name: 'A',
    model: new OpenAIResponsesModel({ apiKey: 'sk-test', baseURL: server.url }, 'gpt-5.4'),
    tools: [
      computerTool({
        computer,
        onSafetyCheck: () => true,
        needsApproval: (_runContext, { text }) => text === 'rm',
      }),
      shellTool({
        shell: {
          run: () => ({ output: [{ stdout: 'x', stderr: '', outcome: { type: 'exit', exitCode: 0 } }] }),
        },
        needsApproval: (_runContext, { commands }) => commands.includes('rm'),
      }),
      applyPatchTool({
        editor: {
          createFile: () => undefined,
          updateFile: ({ diff }) => ({ output: applyDiff('x\n', diff) }),
          deleteFile: () => undefined,
        },
        needsApproval: (_runContext, { type }) => type === 'delete_file',
      }),
    ],
  });
  let result = await run(agent, 'Hi');
  expect(result.interruptions.map(({ name }) => name)).toEqual(['computer', 'shell', 'apply_patch']);
  for (const each of result.interruptions) result.state.reject(each);
  result = await run(agent, result.state);
  expect(result.finalOutput).toBe('Done');
  const sent = server.requests.at(-1)?.body['input'];
  expect(sent).toMatchObject([
    { role: 'user' },
    { type: 'computer_call' },
    { type: 'shell_call' },
    { type: 'apply_patch_call' },
    {
      type: 'computer_call_output',
      output: { image_url: 'data:image/png;base64,aGk=' },
      acknowledged_safety_checks: checks,
    },
    { type: 'shell_call_output', output: [{ stdout: 'x' }], max_output_length: 10 },
    { type: 'apply_patch_call_output', status: 'completed', output: 'y\n' },
    { type: 'computer_call' },
    { type: 'shell_call' },
    { type: 'apply_patch_call' },
    { type: 'computer_call_output' },
    { type: 'shell_call_output', output: [{ outcome: { type: 'exit', exit_code: 1 } }] },
    { type: 'apply_patch_call_output', status: 'failed' },
  ]);
  await server.close();
});

it('a shell runs here with a `shell`, at OpenAI in a container, and nowhere without either', () => {
  const shell = { run: () => ({ output: [] }) };
  expect(shellTool({ shell, environment: { type: 'local' } })).toMatchObject({ type: 'shell' });
  expect(shellTool({ environment: { type: 'container_reference', containerId: 'cntr_1' } })).toEqual({
    type: 'hosted_tool',
    name: 'shell',
    providerData: { type: 'shell', environment: { type: 'container_reference', container_id: 'cntr_1' } },
  });
  const nothing = {} as Parameters<typeof shellTool>[0];
  expect(() => shellTool(nothing)).toThrow(/no shell/);
});
