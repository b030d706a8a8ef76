// The tools of the scripted conversation, with schemas made by the peer's own zod.

import { PADDING, TOOL_NAME } from './conversation.mjs';

/** Counts the calls of all tools; `onCall` is told of each. */
export function createToolCounter() {
  return { calls: 0, onCall: undefined };
}

/** The tool that is called, followed by `count - 1` bigger ones that are only offered. */
export function createTools(z, counter, count = 1) {
  const tools = [lookupTool(z, counter)];
  for (let i = 1; i < count; i++) tools.push(ticketTool(z, counter, i));
  return tools;
}

function lookupTool(z, counter) {
  return {
    name: TOOL_NAME,
    description: 'Looks up one item of the catalogue.',
    parameters: z.object({
      id: z.number().describe('item id'),
      query: z.string().describe('free text'),
    }),
    execute: ({ id }) => {
      counter.calls++;
      counter.onCall?.();
      return `result for ${id}: ${PADDING}`;
    },
  };
}

function ticketTool(z, counter, number) {
  return {
    name: `tool_${String(number).padStart(3, '0')}`,
    description: `Tool number ${number}: creates or changes a ticket in tracker ${number}.`,
    parameters: z.object({
      title: z.string().describe('title of the ticket'),
      priority: z.enum(['low', 'normal', 'high', 'urgent']).describe('priority'),
      count: z.number().int().min(0).max(1000).describe('how many'),
      tags: z.array(z.string()).describe('labels'),
      owner: z
        .object({ name: z.string(), email: z.string(), team: z.string().nullable() })
        .describe('who owns it'),
      due: z.string().nullable().describe('ISO date'),
      links: z.array(
        z.object({ url: z.string(), kind: z.enum(['blocks', 'relates', 'duplicates']) }),
      ),
    }),
    execute: () => {
      counter.calls++;
      return 'ok';
    },
  };
}
