import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import {
  Agent,
  applyDiff,
  applyPatchTool,
  computerTool,
  InvalidToolInputError,
  ModelBehaviorError,
  Runner,
  RunState,
  shellTool,
  tool,
  ToolCallError,
  UserError,
} from '../../src/index.js';
import type {
  AgentOptions,
  AgentOutputItem,
  ApplyPatchCallItem,
  ApplyPatchOperation,
  ApplyPatchToolOptions,
  Computer,
  ComputerAction,
  ComputerToolOptions,
  ComputerUseCallItem,
  Editor,
  RunOptions,
  Shell,
  ShellAction,
  ShellCallItem,
  ShellToolOptions,
  Span,
  SpanData,
  Tool,
  Tracer,
} from '../../src/index.js';
import { functionCall, ScriptedModel } from '../../src/testing/index.js';
import type { ScriptedAnswer } from '../../src/testing/index.js';
import { aborted, createGate } from '../support/gate.js';
import { scenario } from '../support/modes.js';
import type { Scenario, World } from '../support/modes.js';

function using(
  script: readonly ScriptedAnswer[],
  tools: (world: World) => readonly Tool[],
  { options = {}, ...agent }: Partial<AgentOptions> & { readonly options?: RunOptions<never> } = {},
): Scenario {
  return {
    process: (world) => ({
      agent: new Agent({ name: 'A', model: world.model(script), tools: tools(world), ...agent }),
      options,
    }),
  };
}

const shellCall = (action: ShellAction, callId = 's1'): ShellCallItem => ({
  type: 'shell_call',
  callId,
  action,
  status: 'completed',
});

const patchCall = (operation: ApplyPatchOperation, callId = 'p1'): ApplyPatchCallItem => ({
  type: 'apply_patch_call',
  callId,
  operation,
  status: 'completed',
});

const computerCall = (
  actions: readonly ComputerAction[],
  { callId = 'u1', ...rest }: Partial<ComputerUseCallItem> = {},
): ComputerUseCallItem => ({ type: 'computer_call', callId, actions, status: 'completed', ...rest });

/** A shell that notes its commands and prints them. */
function echo(world: World): Shell {
  return {
    run: ({ commands }) => {
      world.note(`run ${commands.join(' & ')}`);
      return {
        output: commands.map((command) => ({
          stdout: `${command}!`,
          stderr: '',
          outcome: { type: 'exit', exitCode: 0 },
        })),
      };
    },
  };
}

const withShell = (
  script: readonly ScriptedAnswer[],
  options: Partial<ShellToolOptions> = {},
  rest: Parameters<typeof using>[2] = {},
): Scenario => using(script, (world) => [shellTool({ shell: echo(world), ...options })], rest);

const failed = (stderr: string): object => ({
  stdout: '',
  stderr,
  outcome: { type: 'exit', exitCode: 1 },
});

const PICTURE = 'data:image/png;base64,cGljdHVyZQ==';

/** A computer that notes what is done to it. */
function screen(note: (text: string) => void, own: Partial<Computer> = {}): Computer {
  return {
    environment: 'browser',
    dimensions: [800, 600],
    screenshot: () => {
      note('screenshot');
      return 'cGljdHVyZQ==';
    },
    click: (x, y, button) => note(`click ${x} ${y} ${button}`),
    doubleClick: (x, y) => note(`doubleClick ${x} ${y}`),
    scroll: (x, y, scrollX, scrollY) => note(`scroll ${x} ${y} ${scrollX} ${scrollY}`),
    type: (text) => note(`type ${text}`),
    wait: () => note('wait'),
    move: (x, y) => note(`move ${x} ${y}`),
    keypress: (keys) => note(`keypress ${keys.join('+')}`),
    drag: (path) => note(`drag ${path.map(([x, y]) => `${x},${y}`).join(' ')}`),
    ...own,
  };
}

const withComputer = (
  script: readonly ScriptedAnswer[],
  options: Partial<ComputerToolOptions> = {},
  rest: Parameters<typeof using>[2] = {},
): Scenario =>
  using(script, (world) => [computerTool({ computer: screen(world.note.bind(world)), ...options })], rest);

const type = (text: string): ComputerAction => ({ type: 'type', text });

describe('a shell call', () => {
  scenario(
    'is answered with what the commands printed [TOL-21]',
    withShell([shellCall({ commands: ['ls', 'pwd'] }), 'Done']),
    (outcome) => {
      const output = [
        { stdout: 'ls!', stderr: '', outcome: { type: 'exit', exitCode: 0 } },
        { stdout: 'pwd!', stderr: '', outcome: { type: 'exit', exitCode: 0 } },
      ];
      const result = { type: 'shell_call_output', callId: 's1', output };
      expect(outcome.finalOutput).toBe('Done');
      expect(outcome.history?.slice(1, 3)).toEqual([shellCall({ commands: ['ls', 'pwd'] }), result]);
      expect(outcome.newItems?.[1]).toMatchObject({ type: 'tool_call_output_item', output, rawItem: result });
      expect(outcome.requests[1]?.input.at(-1)).toEqual(result);
      expect(outcome.hooks.filter((hook) => hook.includes('tool'))).toEqual([
        'run agent_tool_start A shell',
        'A: agent_tool_start shell',
        `run agent_tool_end A shell ${JSON.stringify(output)}`,
        `A: agent_tool_end shell ${JSON.stringify(output)}`,
      ]);
      // The output is stored once, in its item.
      expect(outcome.state?.transcript.some((entry) => entry.output !== undefined)).toBe(false);
    },
  );

  scenario(
    'that fails is answered with the error',
    withShell([shellCall({ commands: ['ls'] }), 'Done'], {
      shell: {
        run: () => {
          throw new Error('No shell today');
        },
      },
    }),
    (outcome) => expect(outcome.newItems?.[1]?.output).toEqual([failed('No shell today')]),
  );

  scenario(
    'that fails says nothing of the error where data must not be shown [TOL-05]',
    withShell(
      [shellCall({ commands: ['ls'] }), 'Done'],
      { shell: { run: () => Promise.reject(new Error('password is 1234')) } },
      { options: { traceIncludeSensitiveData: false } },
    ),
    (outcome) =>
      expect(outcome.newItems?.[1]?.output).toEqual([
        failed('An error occurred while running the tool. Please try again.'),
      ]),
  );

  scenario(
    'needs a list of commands [TOL-23]',
    withShell([shellCall({ commands: 'rm -rf /' as never }), shellCall({ commands: [1] as never }, 's2'), 'Done']),
    (outcome) => {
      expect(outcome.notes).toEqual([]);
      const text = 'Invalid input for tool shell: expected { commands }, a list of texts';
      expect(outcome.newItems?.[1]?.output).toEqual([failed(text)]);
      expect(outcome.newItems?.[3]?.output).toEqual([failed(text)]);
    },
  );

  scenario(
    'tells the shell of its limits; 0 is none [TOL-23]',
    using(
      [
        shellCall({ commands: ['a'], timeoutMs: 50, maxOutputLength: 9 }),
        shellCall({ commands: ['b'], timeoutMs: 0, maxOutputLength: 0 }, 's2'),
        'Done',
      ],
      (world) => [
        shellTool({
          shell: {
            run: (action) => {
              world.note(JSON.stringify(action));
              return { output: [] };
            },
          },
        }),
      ],
    ),
    (outcome) =>
      expect(outcome.notes).toEqual([
        '{"commands":["a"],"timeoutMs":50,"maxOutputLength":9}',
        '{"commands":["b"]}',
      ]),
  );

  scenario(
    'is answered with no more than the model asked for',
    withShell([shellCall({ commands: ['x'], maxOutputLength: 8 }), 'Done'], {
      shell: {
        run: () => ({
          output: [
            { stdout: '12345678', stderr: 'oh', outcome: { type: 'exit', exitCode: 2 } },
            { stdout: 'short', stderr: '', outcome: { type: 'timeout' } },
          ],
        }),
      },
    }),
    (outcome) =>
      expect(outcome.newItems?.[1]?.rawItem).toEqual({
        type: 'shell_call_output',
        callId: 's1',
        output: [
          { stdout: '123456', stderr: 'oh', outcome: { type: 'exit', exitCode: 2 } },
          { stdout: 'short', stderr: '', outcome: { type: 'timeout' } },
        ],
        maxOutputLength: 8,
      }),
  );

  scenario(
    'keeps to the smaller limit and passes on what the shell says of its provider',
    withShell([shellCall({ commands: ['x'], maxOutputLength: 8 }), 'Done'], {
      shell: { run: () => ({ output: [], maxOutputLength: 4, providerData: { machine: 'm' } }) },
    }),
    (outcome) =>
      expect(outcome.newItems?.[1]?.rawItem).toEqual({
        type: 'shell_call_output',
        callId: 's1',
        output: [],
        maxOutputLength: 4,
        providerData: { machine: 'm' },
      }),
  );

  scenario(
    'has timed out where the tool takes too long; the shell is told to stop',
    using([shellCall({ commands: ['sleep'] }), 'Done'], (world) => [
      shellTool({
        timeoutMs: 5,
        shell: {
          run: async (_action, { signal }) => {
            await aborted(signal);
            world.note('stopped');
            return { output: [] };
          },
        },
      }),
    ]),
    (outcome) => {
      expect(outcome.notes).toEqual(['stopped']);
      expect(outcome.newItems?.[1]?.output).toEqual([
        {
          stdout: '',
          stderr: 'Tool shell took longer than its time limit of 5 ms',
          outcome: { type: 'timeout' },
        },
      ]);
    },
  );

  scenario(
    'that is given no output at all is told to the model, not passed on',
    withShell([shellCall({ commands: ['x'] }), 'Done'], { shell: { run: () => ({}) as never } }),
    (outcome) =>
      expect(outcome.newItems?.[1]?.output).toEqual([
        failed('The shell gave no { output }: expected a list of { stdout, stderr, outcome }, one per command.'),
      ]),
  );

  it('stops with the run, and has an answer for the next one', async () => {
    const gate = createGate();
    const cancel = new AbortController();
    const shell: Shell = {
      run: async (_action, { signal }) => {
        gate.open();
        await aborted(signal);
        throw new Error('Killed');
      },
    };
    const model = new ScriptedModel([shellCall({ commands: ['sleep'] })]);
    const agent = new Agent({ name: 'A', model, tools: [shellTool({ shell })] });
    const run = new Runner().run(agent, 'Hi', { signal: cancel.signal });
    await gate.opened;
    cancel.abort();
    const error: unknown = await run.catch((thrown: unknown) => thrown);
    const answer = RunState.of(error)?.history.at(-1);
    expect(answer).toMatchObject({
      callId: 's1',
      output: [failed('The tool call was not completed: the run was cancelled.')],
    });
  });

  scenario(
    'without a shell tool ends the run',
    using([shellCall({ commands: ['ls'] })], () => []),
    (outcome) => {
      expect(outcome.error?.class).toBe(ModelBehaviorError);
      expect(outcome.error?.message).toBe('Model produced shell call without a shell tool.');
    },
  );

  scenario(
    'without a shell tool can be told to the model',
    using([shellCall({ commands: ['ls'] }), 'Oh'], () => [tool({ name: 'other', execute: () => '' })], {
      options: { toolNotFoundBehavior: 'return_error_to_model' },
    }),
    (outcome) => {
      const text = 'Model produced shell call without a shell tool. Available: other.';
      expect(outcome.newItems?.[1]?.rawItem).toMatchObject({ output: [failed(text)] });
    },
  );
});

describe('approval of a local tool', () => {
  const script = [shellCall({ commands: ['ls'] }), 'Done'];

  scenario('shows the call and what it asks for [JS-46]', withShell(script, { needsApproval: true }), (outcome) => {
    const waiting = outcome.newItems?.at(-1);
    expect(waiting?.type).toBe('tool_approval_item');
    expect(outcome.runState?.getInterruptions().map((each) => [each.name, each.arguments])).toEqual([
      ['shell', '{"commands":["ls"]}'],
    ]);
    expect(outcome.notes).toEqual([]);
  });

  scenario(
    'lets the call run',
    {
      ...withShell(script, { needsApproval: true }),
      answer: (state, [waiting]) => waiting && state.approve(waiting),
    },
    (outcome) => {
      expect(outcome.asked).toEqual([['shell {"commands":["ls"]}']]);
      expect(outcome.notes).toEqual(['run ls']);
    },
  );

  scenario(
    'lets other commands run in its place',
    {
      ...withShell(script, { needsApproval: true }),
      answer: (state, [waiting]) => waiting && state.approve(waiting, { arguments: { commands: ['pwd'] } }),
    },
    (outcome) => expect(outcome.notes).toEqual(['run pwd']),
  );

  scenario(
    'that is refused becomes an output [HIT-07]',
    {
      ...withShell(script, { needsApproval: true }),
      answer: (state, [waiting]) => waiting && state.reject(waiting, { message: 'Not today.' }),
    },
    (outcome) => {
      expect(outcome.notes).toEqual([]);
      expect(outcome.newItems?.[1]?.rawItem).toEqual({
        type: 'shell_call_output',
        callId: 's1',
        output: [failed('Not today.')],
      });
      expect(outcome.newItems?.[1]?.output).toBe('Not today.');
    },
  );

  scenario(
    'for good is asked for once',
    {
      ...withShell([script[0] ?? '', shellCall({ commands: ['pwd'] }, 's2'), 'Done'], { needsApproval: true }),
      answer: (state, [waiting]) => waiting && state.approve(waiting, { alwaysApprove: true }),
    },
    (outcome) => {
      expect(outcome.asked).toHaveLength(1);
      expect(outcome.notes).toEqual(['run ls', 'run pwd']);
    },
  );

  scenario(
    'is asked for as a function says',
    withShell([script[0] ?? '', shellCall({ commands: ['rm'] }, 's2')], {
      needsApproval: (_runContext, { commands }) => commands.includes('rm'),
    }),
    (outcome) => {
      expect(outcome.notes).toEqual(['run ls']);
      expect(outcome.newItems?.at(-1)?.type).toBe('tool_approval_item');
    },
  );

  scenario(
    'is asked for where nobody can read the call [HIT-06, JS-47]',
    withShell([shellCall({ commands: 'ls' as never })], { needsApproval: () => false }),
    (outcome) => expect(outcome.newItems?.at(-1)?.type).toBe('tool_approval_item'),
  );

  scenario(
    'is given at once where the tool decides by itself',
    using([script[0] ?? '', shellCall({ commands: ['rm'] }, 's2'), 'Done'], (world) => [
      shellTool({
        shell: echo(world),
        needsApproval: true,
        onApproval: (_runContext, call) => {
          world.note(`${call.name} ${call.arguments} ${call.agent.name}`);
          return call.arguments.includes('rm') ? { approve: false, reason: 'No rm.' } : { approve: true };
        },
      }),
    ]),
    (outcome) => {
      expect(outcome.asked).toEqual([]);
      expect(outcome.notes).toEqual([
        'shell {"commands":["ls"]} A',
        'run ls',
        'shell {"commands":["rm"]} A',
      ]);
      expect(outcome.newItems?.[3]?.rawItem).toMatchObject({ output: [failed('No rm.')] });
    },
  );
});

describe('a call of apply_patch', () => {
  const files = (world: World): Map<string, string> =>
    world.keep('files', () => new Map([['a.txt', 'one\n']]));
  const editorOf = (world: World): Editor => {
    const all = files(world);
    return {
      createFile: ({ path, diff }) => {
        all.set(path, applyDiff('', diff, 'create'));
        world.note(`create ${path} ${JSON.stringify(all.get(path))}`);
        return { output: `Made ${path}` };
      },
      updateFile: ({ path, diff, moveTo }) => {
        const text = applyDiff(all.get(path) ?? '', diff);
        if (moveTo !== undefined) all.delete(path);
        all.set(moveTo ?? path, text);
        world.note(`update ${moveTo ?? path} ${JSON.stringify(text)}`);
      },
      deleteFile: ({ path }) => {
        world.note(`delete ${path} ${all.delete(path)}`);
        return { status: 'completed' };
      },
    };
  };
  const withEditor = (
    script: readonly ScriptedAnswer[],
    options: Partial<ApplyPatchToolOptions> = {},
  ): Scenario => using(script, (world) => [applyPatchTool({ editor: editorOf(world), ...options })]);
  const result = (status: string, output?: string): object => ({
    type: 'apply_patch_call_output',
    callId: 'p1',
    status,
    ...(output !== undefined && { output }),
  });
  const remove = patchCall({ type: 'delete_file', path: 'a.txt' });

  scenario(
    'makes a file',
    withEditor([patchCall({ type: 'create_file', path: 'b.txt', diff: '+hi\n+' }), 'Done']),
    (outcome) => {
      expect(outcome.notes).toEqual(['create b.txt "hi\\n"']);
      expect(outcome.newItems?.[1]?.rawItem).toEqual(result('completed', 'Made b.txt'));
    },
  );

  scenario(
    'changes a file and moves it [JS-109]',
    withEditor([
      patchCall({ type: 'update_file', path: 'a.txt', diff: '-one\n+two', moveTo: 'b.txt' }),
      'Done',
    ]),
    (outcome) => {
      expect(outcome.notes).toEqual(['update b.txt "two\\n"']);
      expect(outcome.newItems?.[1]?.rawItem).toEqual(result('completed'));
    },
  );

  scenario('deletes a file', withEditor([remove, 'Done']), (outcome) => {
    expect(outcome.notes).toEqual(['delete a.txt true']);
    expect(outcome.newItems?.[1]?.rawItem).toEqual(result('completed'));
    expect(outcome.hooks).toContain('run agent_tool_end A apply_patch completed');
  });

  scenario(
    'that does not fit the file has failed, and says why',
    withEditor([patchCall({ type: 'update_file', path: 'a.txt', diff: '-three' }), 'Done']),
    (outcome) => {
      expect(outcome.notes).toEqual([]);
      expect(outcome.newItems?.[1]?.rawItem).toMatchObject({
        status: 'failed',
        output: expect.stringMatching(/^Line 1 of the diff starts a section that does not fit/),
      });
    },
  );

  scenario(
    'that failed for the editor has failed [TOL-19]',
    using([remove, 'Done'], () => [
      applyPatchTool({
        editor: {
          createFile: () => undefined,
          updateFile: () => undefined,
          deleteFile: async () => ({ status: 'failed', output: 'It is in use' }),
        },
      }),
    ]),
    (outcome) => expect(outcome.newItems?.[1]?.rawItem).toEqual(result('failed', 'It is in use')),
  );

  scenario(
    'of an operation nobody knows has failed',
    withEditor([patchCall({ type: 'truncate_file', path: 'a.txt' } as never), 'Done']),
    (outcome) =>
      expect(outcome.newItems?.[1]?.rawItem).toEqual(
        result(
          'failed',
          'Invalid input for tool apply_patch: expected create_file, update_file or delete_file, got "truncate_file"',
        ),
      ),
  );

  scenario(
    'that a human refuses has failed [HIT-07]',
    {
      ...withEditor([remove, 'Done'], { needsApproval: (_runContext, { path }) => path === 'a.txt' }),
      answer: (state, [waiting]) => waiting && state.reject(waiting),
    },
    (outcome) => {
      expect(outcome.asked).toEqual([['apply_patch {"type":"delete_file","path":"a.txt"}']]);
      expect(outcome.notes).toEqual([]);
      expect(outcome.newItems?.[1]?.rawItem).toEqual(result('failed', 'Tool execution was not approved.'));
    },
  );

  scenario('without the tool ends the run', using([remove], () => []), (outcome) =>
    expect(outcome.error?.message).toBe('Model produced apply_patch call without an apply_patch tool.'),
  );
});

describe('a computer call', () => {
  scenario(
    'is done action by action, and answered with the screen behind the last [CU-2]',
    withComputer([
      computerCall([
        { type: 'click', x: 1, y: 2, button: 'left' },
        { type: 'double_click', x: 3, y: 4 },
        { type: 'scroll', x: 5, y: 6, scroll_x: 0, scroll_y: -9 },
        type('hello'),
        { type: 'wait' },
        { type: 'move', x: 7, y: 8 },
        { type: 'keypress', keys: ['CTRL', 'S'] },
        { type: 'drag', path: [{ x: 0, y: 0 }, { x: 9, y: 9 }] },
      ]),
      'Done',
    ]),
    (outcome) => {
      expect(outcome.notes).toEqual([
        'click 1 2 left',
        'doubleClick 3 4',
        'scroll 5 6 0 -9',
        'type hello',
        'wait',
        'move 7 8',
        'keypress CTRL+S',
        'drag 0,0 9,9',
        'screenshot',
      ]);
      expect(outcome.newItems?.[1]?.rawItem).toEqual({
        type: 'computer_call_result',
        callId: 'u1',
        output: { type: 'computer_screenshot', data: PICTURE },
      });
      expect(outcome.hooks).toContain(`run agent_tool_end A computer_use_preview ${PICTURE}`);
    },
  );

  scenario(
    'for a screenshot is answered with the one that is taken anyway [CU-2]',
    withComputer([{ type: 'computer_call', callId: 'u1', action: { type: 'screenshot' } }, 'Done']),
    (outcome) => expect(outcome.notes).toEqual(['screenshot']),
  );

  scenario(
    'may be answered with a picture of another kind',
    using([computerCall([]), 'Done'], () => [
      computerTool({ computer: screen(() => undefined, { screenshot: () => 'data:image/webp;base64,aA==' }) }),
    ]),
    (outcome) =>
      expect(outcome.newItems?.[1]?.rawItem).toMatchObject({ output: { data: 'data:image/webp;base64,aA==' } }),
  );

  scenario(
    'waits for the one before it, beside the function tools of the turn [RUN-18]',
    {
      process: (world) => {
        const seen = createGate();
        const answered = createGate();
        const computer = screen(world.note.bind(world), {
          type: async (text) => {
            seen.open();
            // Ends only once a function tool that stands behind it has run.
            if (text === 'one') await answered.opened;
            world.note(`type ${text}`);
          },
        });
        const look = tool({
          name: 'look',
          execute: async () => {
            await seen.opened;
            world.note('look');
            answered.open();
          },
        });
        const script = [
          [computerCall([type('one')]), computerCall([type('two')], { callId: 'u2' }), functionCall('look', {}, 'c1')],
          'Done',
        ];
        return {
          agent: new Agent({ name: 'A', model: world.model(script), tools: [computerTool({ computer }), look] }),
        };
      },
    },
    (outcome) => {
      expect(outcome.notes).toEqual(['look', 'type one', 'screenshot', 'type two', 'screenshot']);
      expect(outcome.newItems?.map(({ rawItem }) => ('callId' in rawItem ? rawItem.callId : ''))).toEqual([
        'u1',
        'u2',
        'c1',
        'u1',
        'u2',
        'c1',
        '',
      ]);
    },
  );

  scenario(
    'of an action nobody knows ends the run before anything is done',
    withComputer([computerCall([type('a'), { type: 'zoom' }])]),
    (outcome) => {
      expect(outcome.notes).toEqual([]);
      expect(outcome.error?.class).toBe(InvalidToolInputError);
      expect(outcome.error?.message).toBe(
        'Invalid input for tool computer_use_preview: action zoom is not known',
      );
    },
  );

  scenario(
    'that fails ends the run: the model could not be told [CU-2]',
    using([computerCall([type('a')])], () => [
      computerTool({
        computer: screen(() => undefined, { type: () => Promise.reject(new Error('The screen is black')) }),
      }),
    ]),
    (outcome) => {
      expect(outcome.error?.class).toBe(ToolCallError);
      expect(outcome.error?.message).toBe('Error running tool computer_use_preview: The screen is black');
      expect(outcome.history?.at(-1)).toMatchObject({ type: 'computer_call_result', callId: 'u1' });
    },
  );

  scenario('without a computer tool ends the run [RUN-15]', using([computerCall([])], () => []), (outcome) => {
    expect(outcome.error?.class).toBe(ModelBehaviorError);
    expect(outcome.error?.message).toBe('Model produced computer action without a computer tool.');
  });

  scenario(
    'has one tool to go to: two are refused [RSP-6]',
    withComputer(['Hi'], {}, {
      tools: ['x', 'y'].map((name) => computerTool({ name, computer: screen(() => undefined) })),
    }),
    (outcome) => {
      expect(outcome.error?.class).toBe(UserError);
      expect(outcome.error?.message).toBe('You can only provide one computer tool. Got 2: "x" and "y" of agent "A".');
    },
  );
});

describe('approval of a computer call', () => {
  const two = [computerCall([type('a'), type('b')]), computerCall([type('c')], { callId: 'u2' })];

  scenario(
    'is asked for if one of its actions needs it; what comes behind waits, unasked',
    {
      ...withComputer([two, 'Done'], { needsApproval: (_runContext, { text }) => text === 'b' }),
      answer: (state, interruptions) => {
        for (const waiting of interruptions) state.approve(waiting);
      },
    },
    (outcome) => {
      expect(outcome.asked).toEqual([['computer [{"type":"type","text":"a"},{"type":"type","text":"b"}]']]);
      expect(outcome.notes).toEqual(['type a', 'type b', 'screenshot', 'type c', 'screenshot']);
    },
  );

  it('leaves a state of the published form [RUN-57]', async () => {
    const computer = computerTool({
      computer: screen(() => undefined),
      needsApproval: (_runContext, { text }) => text === 'b',
    });
    const agent = new Agent({ name: 'A', model: new ScriptedModel([two]), tools: [computer] });
    const { state } = await new Runner().run(agent, 'Hi');
    const schema: unknown = JSON.parse(
      readFileSync(new URL('../../run-state.schema.json', import.meta.url), 'utf8'),
    );
    const data = JSON.parse(state.toString()) as { phase: unknown };
    expect(data.phase).toEqual({ type: 'interruption', held: [2] });
    const validate = new Ajv2020({ strict: false }).compile(schema as object);
    validate(data);
    expect(validate.errors ?? []).toEqual([]);
  });

  scenario(
    'is asked for with all of the turn at once',
    {
      ...withComputer([two, 'Done'], { needsApproval: true }),
      answer: (state, interruptions) => {
        for (const waiting of interruptions) state.approve(waiting);
      },
    },
    (outcome) => expect(outcome.asked.map((round) => round.length)).toEqual([2]),
  );

  scenario(
    'that is refused leaves the screen alone and the answer empty [HIT-07]',
    {
      ...withComputer([two, 'Done'], { needsApproval: (_runContext, { text }) => text === 'b' }),
      answer: (state, [waiting]) => waiting && state.reject(waiting),
    },
    (outcome) => {
      expect(outcome.notes).toEqual(['type c', 'screenshot']);
      expect(outcome.newItems?.[2]?.output).toBe('Tool execution was not approved.');
      expect(outcome.newItems?.[2]?.rawItem).toMatchObject({
        callId: 'u1',
        output: { data: expect.stringMatching(/^data:image\/png;base64,/) },
      });
    },
  );

  scenario(
    'can be given to other actions',
    {
      ...withComputer([two[0] ?? '', 'Done'], { needsApproval: true }),
      answer: (state, [waiting]) => waiting && state.approve(waiting, { arguments: type('z') }),
    },
    (outcome) => expect(outcome.notes).toEqual(['type z', 'screenshot']),
  );
});

describe('the safety checks of a computer call', () => {
  const checks = [
    { id: 'k1', code: 'malicious_instructions', message: 'The page gives orders' },
    { id: 'k2', code: 'irrelevant_domain' },
  ];
  const call = computerCall([type('a')], {
    providerData: { provider: 'acme', pending_safety_checks: checks },
  });

  scenario(
    'are acknowledged in the answer, for the provider that asked [RUN-52]',
    using([call, 'Done'], (world) => [
      computerTool({
        computer: screen(world.note.bind(world)),
        onSafetyCheck: ({ pendingSafetyChecks, toolCall }) => {
          world.note(`${toolCall.callId} ${pendingSafetyChecks.map(({ id }) => id).join()}`);
          return true;
        },
      }),
    ]),
    (outcome) => {
      expect(outcome.notes).toEqual(['u1 k1,k2', 'type a', 'screenshot']);
      expect(outcome.requests[1]?.input.at(-1)).toEqual({
        type: 'computer_call_result',
        callId: 'u1',
        output: { type: 'computer_screenshot', data: PICTURE },
        providerData: { provider: 'acme', acknowledged_safety_checks: checks },
      });
    },
  );

  scenario(
    'may be acknowledged one by one',
    withComputer([call, 'Done'], { onSafetyCheck: async () => ({ acknowledged_safety_checks: checks }) }),
    (outcome) => expect(outcome.notes).toEqual(['type a', 'screenshot']),
  );

  scenario(
    'keep the actions from being done unless all are acknowledged',
    withComputer([call, 'Done'], {
      onSafetyCheck: () => ({ acknowledgedSafetyChecks: checks.slice(0, 1) }),
    }),
    (outcome) => {
      expect(outcome.notes).toEqual([]);
      expect(outcome.newItems?.[1]?.output).toBe(
        'Safety checks were not acknowledged, so the actions were not done: irrelevant_domain.',
      );
    },
  );

  scenario(
    'that nobody acknowledges keep the actions from being done',
    withComputer([call, 'Done'], { onSafetyCheck: () => undefined }),
    (outcome) => expect(outcome.notes).toEqual([]),
  );

  scenario('end the run where there is nobody to ask', withComputer([call]), (outcome) => {
    expect(outcome.notes).toEqual([]);
    expect(outcome.error?.class).toBe(UserError);
    expect(outcome.error?.message).toBe(
      "The model's provider wants these safety checks acknowledged before the computer goes on: The page gives orders; irrelevant_domain. " +
        'Pass onSafetyCheck to computerTool() to decide on them.',
    );
  });

  scenario(
    'leave no trace where there are none [JS-107]',
    withComputer([{ ...call, providerData: { provider: 'acme', pending_safety_checks: [] } }, 'Done']),
    (outcome) => expect(outcome.newItems?.[1]?.rawItem).not.toHaveProperty('providerData'),
  );
});

describe('a computer that is made for each run', () => {
  const script = [computerCall([type('a')]), computerCall([type('b')], { callId: 'u2' }), 'Done'];

  function making(
    answers: readonly ScriptedAnswer[],
    own: Omit<Partial<ComputerToolOptions>, 'computer'> = {},
    does: Partial<Computer> = {},
  ): { agent: Agent; notes: string[] } {
    const notes: string[] = [];
    let made = 0;
    const browser = computerTool({
      computer: {
        create: () => {
          const number = ++made;
          notes.push(`create ${number}`);
          const note = (text: string): void => void notes.push(text);
          return { number, ...screen(note, { initRun: () => note('initRun'), ...does }) };
        },
        dispose: ({ computer }) => void notes.push(`dispose ${computer.number}`),
      },
      ...own,
    });
    const agent = new Agent({ name: 'A', model: new ScriptedModel(answers, { repeat: true }), tools: [browser] });
    return { agent, notes };
  }

  const once = ['create 1', 'initRun', 'type a', 'screenshot', 'type b', 'screenshot', 'dispose 1'];

  it('is made at its first call and disposed of at the end [JS-39]', async () => {
    const { agent, notes } = making(script);
    await new Runner().run(agent, 'Hi');
    expect(notes).toEqual(once);
    await new Runner().run(agent, 'Hi');
    expect(notes.slice(once.length)).toEqual(once.map((note) => note.replace('1', '2')));
  });

  it('is disposed of before a streamed run is completed [JS-39]', async () => {
    const { agent, notes } = making(script);
    const result = await new Runner().run(agent, 'Hi', { stream: true });
    await result.completed;
    expect(notes).toEqual(once);
  });

  it('is not made where nobody uses it', async () => {
    const { agent, notes } = making(['Hi']);
    await new Runner().run(agent, 'Hi');
    expect(notes).toEqual([]);
  });

  it('is disposed of when the run fails', async () => {
    const { agent, notes } = making([script[0] ?? '', new Error('The model is down')]);
    await expect(new Runner().run(agent, 'Hi')).rejects.toThrow('The model is down');
    expect(notes.at(-1)).toBe('dispose 1');
  });

  it('is disposed of when the run is cancelled, once its action has ended', async () => {
    const cancel = new AbortController();
    const { agent, notes } = making(script, {}, { type: () => cancel.abort() });
    await expect(new Runner().run(agent, 'Hi', { signal: cancel.signal })).rejects.toThrow('cancelled');
    expect(notes).toEqual(['create 1', 'initRun', 'dispose 1']);
  });

  it('is disposed of when the run waits for a human, and made again when it goes on', async () => {
    const { agent, notes } = making(script, { needsApproval: (_runContext, { text }) => text === 'b' });
    const waiting = await new Runner().run(agent, 'Hi');
    expect(notes).toEqual(['create 1', 'initRun', 'type a', 'screenshot', 'dispose 1']);
    const state = RunState.fromString(agent, waiting.state.toString());
    for (const each of state.getInterruptions()) state.approve(each);
    await new Runner().run(agent, state);
    expect(notes.slice(5)).toEqual(['create 2', 'initRun', 'type b', 'screenshot', 'dispose 2']);
  });

  it('is made for each run inside a tool, too', async () => {
    const { agent, notes } = making(script);
    const outer = new Agent({
      name: 'Outer',
      model: new ScriptedModel([functionCall('a', { input: 'go' }), 'Done']),
      tools: [agent.asTool()],
    });
    await new Runner().run(outer, 'Hi');
    expect(notes).toEqual(once);
  });

  it('is disposed of also where its creation outlives its time', async () => {
    const made = createGate();
    const disposed = createGate();
    const agent = new Agent({
      name: 'A',
      model: new ScriptedModel(script),
      tools: [
        computerTool({
          timeoutMs: 5,
          computer: {
            create: async () => {
              await made.opened;
              return screen(() => undefined);
            },
            dispose: () => disposed.open(),
          },
        }),
      ],
    });
    await expect(new Runner().run(agent, 'Hi')).rejects.toThrow('took longer than its time limit of 5 ms');
    made.open();
    await disposed.opened;
  });

  it('is disposed of where it cannot begin', async () => {
    const { agent, notes } = making(script, {}, { initRun: () => Promise.reject(new Error('No display')) });
    await expect(new Runner().run(agent, 'Hi')).rejects.toThrow('No display');
    expect(notes).toEqual(['create 1', 'dispose 1']);
  });

  it('that cannot be disposed of is told to the logger, as the run has its answer', async () => {
    const errors: string[] = [];
    const logger = { debug: () => undefined, warn: () => undefined, error: (text: string) => void errors.push(text) };
    const computer = {
      create: () => screen(() => undefined),
      dispose: () => Promise.reject(new Error('It hangs')),
    };
    const agent = new Agent({ name: 'A', model: new ScriptedModel(script), tools: [computerTool({ computer })] });
    expect((await new Runner().run(agent, 'Hi', { logger })).finalOutput).toBe('Done');
    expect(errors).toEqual(['A resource of the run could not be disposed of: It hangs']);
  });

  it('is kept, not made, where it is given: it only begins each run', async () => {
    const notes: string[] = [];
    const computer = screen((text) => notes.push(text), { initRun: () => void notes.push('initRun') });
    const agent = new Agent({ name: 'A', model: new ScriptedModel(script), tools: [computerTool({ computer })] });
    await new Runner().run(agent, 'Hi');
    expect(notes).toEqual(once.slice(1, -1));
  });
});

describe('what all local tools share', () => {
  const script = [shellCall({ commands: ['ls'] }), 'Done'];

  scenario(
    'their guardrails can answer in their place, and hide what they gave',
    using([script[0] ?? '', shellCall({ commands: ['secret'] }, 's2'), 'Done'], (world) => [
      shellTool({
        shell: echo(world),
        inputGuardrails: [
          {
            name: 'no ls',
            run: ({ toolCall }) =>
              JSON.stringify(toolCall).includes('ls')
                ? { behavior: { type: 'rejectContent', message: 'No ls.' } }
                : { behavior: { type: 'allow' } },
          },
        ],
        outputGuardrails: [
          {
            name: 'no secrets',
            run: ({ output }) =>
              JSON.stringify(output).includes('secret')
                ? { behavior: { type: 'rejectContent', message: 'Hidden.' } }
                : { behavior: { type: 'allow' } },
          },
        ],
      }),
    ]),
    (outcome) => {
      expect(outcome.notes).toEqual(['run secret']);
      expect(outcome.newItems?.[1]?.rawItem).toMatchObject({ output: [failed('No ls.')] });
      expect(outcome.newItems?.[3]?.rawItem).toMatchObject({ output: [failed('Hidden.')] });
      expect(outcome.newItems?.[3]?.output).toBe('Hidden.');
    },
  );

  scenario(
    'middleware sees what is run and may change what comes out',
    withShell(script, {}, {
      options: {
        toolMiddleware: [
          async (invocation, next) => {
            const { output, value } = await next({ ...invocation, input: '{"commands":["pwd"]}' });
            expect(invocation.tool.name).toBe('shell');
            expect(JSON.parse(JSON.stringify({ output, value }))).toEqual({ output, value });
            return { value, output: 'Changed.' };
          },
        ],
      },
    }),
    (outcome) => {
      expect(outcome.notes).toEqual(['run pwd']);
      expect(outcome.newItems?.[1]?.rawItem).toMatchObject({ output: [failed('Changed.')] });
    },
  );

  scenario(
    'middleware that answers for another kind of tool is told so',
    withShell(script, {}, {
      options: {
        toolMiddleware: [
          async () => ({ value: null, output: { type: 'apply_patch_call_output', status: 'completed' } }),
        ],
      },
    }),
    (outcome) => {
      expect(outcome.error?.class).toBe(UserError);
      expect(outcome.error?.message).toContain('expected shell_call_output or a text, got apply_patch_call_output');
    },
  );

  scenario(
    'they can be switched off',
    withShell(['Hi'], { isEnabled: () => false }),
    (outcome) => expect(outcome.requests[0]?.tools).toEqual([]),
  );

  scenario(
    'a function of the name of their kind is refused beside them',
    using(['Hi'], (world) => [
      shellTool({ name: 'sh', shell: echo(world) }),
      tool({ name: 'shell', execute: () => '' }),
    ]),
    (outcome) =>
      expect(outcome.error?.message).toContain('has a function tool named "shell" beside its shell tool. Rename it'),
  );

  it('they are told to the model with what they know', async () => {
    const model = new ScriptedModel(['Hi']);
    const shell: Shell = { run: () => ({ output: [] }) };
    const skills = [{ name: 'pdf', description: 'Reads PDFs', path: '/skills/pdf' }];
    const editor = { createFile() {}, updateFile() {}, deleteFile() {} };
    const tools = [
      computerTool({ name: 'computer', computer: screen(() => undefined) }),
      shellTool({ shell, environment: { type: 'local', skills } }),
      applyPatchTool({ editor }),
    ];
    await new Runner().run(new Agent({ name: 'A', model, tools }), 'Hi');
    expect(model.calls[0]?.request.tools).toEqual([
      { type: 'computer', name: 'computer', environment: 'browser', dimensions: [800, 600] },
      { type: 'shell', name: 'shell', environment: { type: 'local', skills } },
      { type: 'apply_patch', name: 'apply_patch' },
    ]);
  });

  it('a computer that is made for each run can say beforehand what it will be', async () => {
    const model = new ScriptedModel(['Hi', 'Hi']);
    const create = (): Computer => screen(() => undefined);
    for (const computer of [{ create, environment: 'mac', dimensions: [1, 2] } as const, create]) {
      await new Runner().run(new Agent({ name: 'A', model, tools: [computerTool({ computer })] }), 'Hi');
    }
    expect(model.calls.map(({ request }) => request.tools[0])).toEqual([
      { type: 'computer', name: 'computer_use_preview', environment: 'mac', dimensions: [1, 2] },
      { type: 'computer', name: 'computer_use_preview' },
    ]);
  });

  it('each call has its span; data is in it only where it may be shown [TOL-24, JS-38]', async () => {
    const answers: AgentOutputItem[] = [
      computerCall([type('a')]),
      shellCall({ commands: ['ls'] }),
      patchCall({ type: 'delete_file', path: 'a' }),
    ];
    const editor = { createFile() {}, updateFile() {}, deleteFile() {} };
    const tools = [
      computerTool({ computer: screen(() => undefined) }),
      shellTool({ shell: { run: () => ({ output: [] }) } }),
      applyPatchTool({ editor }),
    ];
    const spansOf = async (traceIncludeSensitiveData: boolean): Promise<SpanData[]> => {
      const model = new ScriptedModel([answers, 'Done']);
      const { tracer, spans } = recordingTracer();
      await new Runner().run(new Agent({ name: 'A', model, tools }), 'Hi', { tracer, traceIncludeSensitiveData });
      return spans.filter((data) => data.type === 'function');
    };
    expect(await spansOf(true)).toEqual([
      { type: 'function', name: 'computer_use_preview', _call_id: 'u1', input: '[{"type":"type","text":"a"}]', output: PICTURE },
      { type: 'function', name: 'shell', _call_id: 's1', input: '{"commands":["ls"]}', output: '[]' },
      { type: 'function', name: 'apply_patch', _call_id: 'p1', input: '{"type":"delete_file","path":"a"}', output: 'completed' },
    ]);
    expect(await spansOf(false)).toEqual([
      { type: 'function', name: 'computer_use_preview', _call_id: 'u1' },
      { type: 'function', name: 'shell', _call_id: 's1' },
      { type: 'function', name: 'apply_patch', _call_id: 'p1' },
    ]);
  });

  it('cannot be made of nothing', () => {
    expect(() => computerTool({} as never)).toThrow('computerTool() has no computer');
    expect(() => shellTool({ shell: {} as never })).toThrow('shellTool() has no shell');
    expect(() => applyPatchTool({} as never)).toThrow('applyPatchTool() has no editor');
    expect(() => shellTool({ name: ' ', shell: { run: () => ({ output: [] }) } })).toThrow('empty name');
    expect(() => shellTool({ timeoutMs: 0, shell: { run: () => ({ output: [] }) } })).toThrow('timeoutMs 0');
  });
});

describe('an action that cannot be read', () => {
  it.each([
    [null, 'an action is an object with a type'],
    [{ type: 'click', x: 1 }, 'action click has no x and y'],
    [{ type: 'click', x: 1, y: 1, button: 'none' }, 'action click has no button, or none of left, right, wheel, back, forward'],
    [{ type: 'scroll', x: 1, y: 1 }, 'action scroll has no scroll_x and scroll_y'],
    [{ type: 'type' }, 'action type has no text'],
    [{ type: 'keypress', keys: 'A' }, 'action keypress has no list of keys'],
    [{ type: 'drag', path: [{ x: 1 }] }, 'action drag has no path of points'],
  ])('%j is refused with its reason', (action, problem) => {
    const { parse } = computerTool({ computer: screen(() => undefined) });
    expect(parse(JSON.stringify(action))).toEqual({ ok: false, problem });
  });
});

function recordingTracer(): { tracer: Tracer; spans: SpanData[] } {
  const spans: SpanData[] = [];
  const start = (data: SpanData): Span => {
    spans.push(data);
    return { data, setError: () => undefined, end: () => undefined, run: (fn) => fn() };
  };
  return {
    tracer: { startTrace: () => start({ type: 'custom', name: 'trace' }), startSpan: start },
    spans,
  };
}
