// Points where the sources contradict themselves: what Baton does.

import { VOICE, why } from './why.mjs';

export const decided = [
  {
    title: 'Decided points (X)',
    source: 'inventory, section 18',
    rows: [
      ['X-1', 'The workflow is called "Agent workflow" by default.'],
      ['X-2', 'After a tool was used, tool choice is left out.'],
      ['X-3', 'Output guardrails are given the output.'],
      ['X-4', 'An agent tool gives the final output of its run.'],
      ['X-5', 'Tool hooks are awaited around the tool.'],
      ['X-6', 'Handoff hooks name both agents, and both are told.'],
      ['X-7', '0, false and "" are values of settings.'],
      ['X-8', 'Usage is added up in streamed runs.'],
      ['X-9', 'What is streamed is not filtered.'],
      ['X-10', 'Errors of a voice.', VOICE],
      ['X-11', 'Turns of a voice.', VOICE],
      ['X-12', 'Schemas of tools are strict by default.'],
      ['X-13', 'The default model is the provider\'s: `gpt-5.6-luna`, or what the environment says.'],
      ['X-14', 'A filter has no list of all items.', why('Left out: the three lists it has are all there is.')],
      ['X-15', 'A handoff may be a function that returns the agent.'],
      ['X-16', 'Tools are resolved once per activation.'],
      ['X-17', 'Warnings and errors go to stderr, through a logger that can be replaced.'],
      ['X-18', 'Nothing of models and tools is logged.'],
    ],
  },
];
