import { type FunctionTool, tool } from '@baton/agents';
import * as z from 'zod';
import type { AirlineContext } from '../airline-context.js';
import { findPolicies, policyTitles } from '../data/policies.js';

export const searchPolicies: FunctionTool<AirlineContext> = tool({
  name: 'search_policies',
  description: `What the airline's policies say. Ask about one topic at a time: ${policyTitles().join(', ')}.`,
  parameters: z.object({ question: z.string() }),
  effect: 'none',
  execute: ({ question }) => {
    const policies = findPolicies(question);
    if (policies.length === 0) return { error: 'nothing_found', question };
    return { policies: policies.map(({ title, text }) => `${title}: ${text}`) };
  },
});
