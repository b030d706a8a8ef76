import { shellTool } from '../../src/index.js';
import type { ShellTool, ToolMiddleware } from '../../src/index.js';
import type { Process } from './process.js';
import type { ToolInput } from './world-output.js';
import type { ToolPlan } from './world-plan.js';
import { execute } from './world-tool.js';

/** A shell that does what its commands say: the first names the call, the second is what a tool is told. */
export function makeShell(process: Process, plan: 'free' | 'asks'): ShellTool {
  const asTool: ToolPlan = {
    effect: 'once',
    approval: plan === 'asks' ? 'yes' : 'no',
    raises: false,
    timeout: 0,
    input: 'none',
    output: 'none',
  };
  const made = shellTool({
    needsApproval: plan === 'asks',
    shell: {
      run: async ({ commands: [id = '', text = ''] }, { signal }) => {
        const key = process.shellKeys.get(id) ?? id;
        const input = JSON.parse(text) as ToolInput; // written by the model of this world
        const does = input.does === 'progress' ? 'text' : input.does;
        const value = await execute(process, { name: 'shell', plan: asTool, key, signal }, { ...input, does });
        const stdout = JSON.stringify(value ?? null);
        return { output: [{ stdout, stderr: '', outcome: { type: 'exit', exitCode: 0 } }] };
      },
    },
  });
  // Like a computer's, its calls run one after the other.
  return { ...made, lane: 'shell' };
}

/** Tells the shell which call it answers, which a shell is not told. */
export function noteShellKeys(process: Process): ToolMiddleware {
  return (invocation, next) => {
    if (invocation.toolCall.type === 'shell_call') {
      const [id = ''] = invocation.toolCall.action.commands;
      process.shellKeys.set(id, invocation.details.idempotencyKey);
    }
    return next(invocation);
  };
}
