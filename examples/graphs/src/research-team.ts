import { Agent, codeInterpreterTool, fileSearchTool, webSearchTool } from '@baton/agents';
import * as z from 'zod';

const planner = new Agent({
  name: 'Planner',
  instructions: 'Split the question into at most five searches.',
  model: 'gpt-5.6-luna',
  outputType: z.object({ searches: z.array(z.string()) }),
});

const searcher = new Agent({
  name: 'Searcher',
  instructions: 'Search, and sum up what you find in a few lines.',
  tools: [webSearchTool(), fileSearchTool(['vs_reports'])],
});

const analyst = new Agent({
  name: 'Analyst',
  instructions: 'Check the figures, and draw what is worth a drawing.',
  tools: [codeInterpreterTool()],
});

const writer = new Agent({
  name: 'Report Writer',
  instructions: 'Write the report. Ask the analyst about every figure.',
  tools: [analyst.asTool({ toolDescription: 'Checks figures and draws charts' })],
  outputGuardrails: [{ name: 'sources_are_named', execute: () => ({ tripwireTriggered: false }) }],
});

/** Agents as tools, and one handoff at the end. */
export const researchTeam: Agent = new Agent({
  name: 'Research Lead',
  instructions: 'Plan, have it searched, then hand over to the writer.',
  tools: [
    planner.asTool({ toolName: 'plan_searches', toolDescription: 'Plans what to search for' }),
    searcher.asTool({
      toolName: 'search',
      toolDescription: 'Searches the web and our own reports',
    }),
  ],
  handoffs: [writer],
});
