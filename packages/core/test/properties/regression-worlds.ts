import type { SmallWorld } from './small-world.js';

/** Worlds in which a law was broken once, with what went wrong; `test/regressions` has a law for most of them. */
export const REGRESSION_WORLDS: readonly (readonly [whatWentWrong: string, world: SmallWorld])[] = [
  [
    'the state of a run that failed beside a nested run could not be read',
    {
      agents: [{ tools: [{ output: 'trip' }], turns: [{ calls: [{}, { tool: 1 }] }] }],
      helpers: [{ turns: [{ calls: [{}] }] }],
    },
  ],
  [
    'a run that came back had lost what followed a withheld message',
    { outputGuardrails: [{ does: 'trip' }], maxTurns: 2, after: ['resume'] },
  ],
  ['a model call was not counted as a hook failed after it', { hookFails: 3, mode: 'read' }],
  [
    'an open call was stored in the session by a run that failed after an approval',
    {
      agents: [{ turns: [{ calls: [{ tool: 1 }], handoffs: [0] }] }, { handoff: 'throws' }],
      helpers: [{}],
      helperApproval: true,
      memory: 'session',
    },
  ],
  [
    'the history had reasoning without the call that it led to, which was waiting',
    {
      agents: [
        {
          tools: [{ approval: 'yes' }, {}],
          turns: [{ before: ['reasoning'], calls: [{}, { tool: 1 }] }],
        },
      ],
    },
  ],
  ['the history had reasoning that led to nothing', { agents: [{ turns: [{ before: ['reasoning'], answer: 'nothing' }] }] }],
  [
    'an answer was withheld, but not the reasoning before it',
    {
      agents: [{ json: true, turns: [{ before: ['reasoning', 'text'], calls: [{}], answer: 'json' }] }],
      outputGuardrails: [{ does: 'trip' }],
    },
  ],
  [
    'a session missed the answer, as the process ended before it was stored',
    { memory: 'session', mode: 'unread', maxTurns: 1, disturbances: [{ kind: 'crash', where: 'anywhere', at: 9 }] },
  ],
  [
    'a session was given the answer twice, as the process ended before it heard that it was stored',
    { memory: 'session', mode: 'unread', maxTurns: 1, disturbances: [{ kind: 'crash', where: 'anywhere', at: 10 }] },
  ],
  [
    'an output was lost that came before that of an earlier call, as the process ended',
    {
      agents: [{ turns: [{ calls: [{ latency: 1 }, {}, {}] }] }],
      memory: 'session',
      mode: 'unread',
      disturbances: [{ kind: 'crash', where: 'anywhere', at: 18 }],
    },
  ],
  [
    'a tool with a time limit went on after its run was over',
    {
      agents: [
        {
          tools: [{ input: 'trip' }, { timeout: 1 }],
          turns: [{ calls: [{ tool: 1, deaf: true }, {}] }],
        },
      ],
    },
  ],
  [
    'a hosted call was sent without its reasoning',
    {
      agents: [{ turns: [{ before: ['reasoning', 'search'] }] }],
      inputFilter: 'last',
      after: ['ask'],
    },
  ],
  [
    'a model call that failed cost a turn',
    { agents: [{ turns: [{ fails: 'request' }, { fails: 'request' }] }], maxTurns: 2, after: ['resume', 'resume'] },
  ],
  [
    'a tool output was withheld in place of what an error handler said',
    {
      agents: [{ turns: [{ calls: [{}] }] }],
      outputGuardrails: [{ does: 'trip' }],
      memory: 'session',
      maxTurns: 1,
      errorHandlers: true,
    },
  ],
  [
    'the error of a run that took too long showed the state of a run inside it',
    {
      agents: [{ turns: [{ calls: [{ tool: 1 }] }] }],
      helpers: [{ turns: [{ latency: 3 }] }],
      timeout: 1,
    },
  ],
];
