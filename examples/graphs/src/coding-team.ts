import { Agent, applyPatchTool, hostedMcpTool, shellTool, tool } from '@baton/agents';
import * as z from 'zod';

const runTests = tool({
  name: 'run_tests',
  description: 'Runs the tests of a package',
  parameters: z.object({ packageName: z.string() }),
  execute: ({ packageName }) => `All tests of ${packageName} pass.`,
});

const openPullRequest = tool({
  name: 'open_pull_request',
  description: 'Asks for a review by people',
  parameters: z.object({ title: z.string() }),
  needsApproval: true,
  execute: ({ title }) => `Opened "${title}".`,
});

const noSecrets = {
  name: 'no_secrets',
  execute: () => ({ tripwireTriggered: false }),
};

/** Agents that hand back and forth, and tools of this machine. */
export const architect: Agent = new Agent({
  name: 'Architect',
  instructions: 'Say what to change and where, then hand over.',
  tools: [hostedMcpTool({ serverLabel: 'docs', serverUrl: 'https://example.com/mcp' })],
  handoffs: [() => programmer],
  inputGuardrails: [
    { name: 'is_about_this_project', execute: () => ({ tripwireTriggered: false }) },
  ],
});

const programmer: Agent = new Agent({
  name: 'Programmer',
  instructions: 'Change the code, then hand over to the reviewer.',
  tools: [
    shellTool({ shell: { run: () => Promise.resolve({ output: [] }) }, needsApproval: true }),
    applyPatchTool({
      editor: {
        createFile: () => Promise.resolve(undefined),
        updateFile: () => Promise.resolve(undefined),
        deleteFile: () => Promise.resolve(undefined),
      },
    }),
    runTests,
  ],
  handoffs: [() => reviewer, () => architect],
});

const reviewer: Agent = new Agent({
  name: 'Reviewer',
  instructions: 'Find what is wrong. Hand back what is, publish what is not.',
  tools: [runTests, openPullRequest],
  handoffs: [() => programmer, () => architect],
  outputGuardrails: [noSecrets],
});
