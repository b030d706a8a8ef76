import type { AnyAgent } from '@baton/agents';
import { triage } from '@baton/example-airline/agents';
import { architect } from './coding-team.js';
import { homeAssistant } from './home-assistant.js';
import { researchTeam } from './research-team.js';
import { supportDesk } from './support-desk.js';

/** A picture of the documentation. */
export interface Exhibit {
  /** Name of the file, without its ending. */
  readonly file: string;
  readonly agent: AnyAgent;
  readonly caption: string;
}

/** What `docs/graphs` shows, in order. */
export const gallery: readonly Exhibit[] = [
  {
    file: 'airline',
    agent: triage,
    caption:
      'The airline of `examples/airline`: three agents that hand back and forth. A line with two tips is a handoff in both directions.',
  },
  {
    file: 'home-assistant',
    agent: homeAssistant,
    caption:
      'One agent, with a tool that asks a human first, a tool with a guardrail of its own, an MCP server, and guardrails on input and output.',
  },
  {
    file: 'research-team',
    agent: researchTeam,
    caption:
      'Agents used as tools: the dashed lines. The lead stays in charge of planner and searcher, and hands over to the writer for good.',
  },
  {
    file: 'coding-team',
    agent: architect,
    caption: 'Agents in a circle, with tools of this machine.',
  },
  {
    file: 'support-desk',
    agent: supportDesk,
    caption: 'One agent that knows many: too wide to be drawn down, so it is drawn to the right.',
  },
];
