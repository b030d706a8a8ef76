// Every row of the specification that core answers for, section by section.

import { chatCompletions } from './chat-completions.mjs';
import { decided } from './decided.mjs';
import { inventory } from './inventory.mjs';
import { mcp } from './mcp.mjs';
import { pythonSdk } from './python-sdk.mjs';
import { responses } from './responses.mjs';
import { tracing } from './tracing.mjs';
import { typescriptSdk } from './typescript-sdk.mjs';

export const sections = [...inventory, ...responses, ...chatCompletions, ...mcp, ...tracing, ...decided, ...pythonSdk, ...typescriptSdk].map(
  ({ title, source, rows }) => ({
    title,
    source,
    rows: rows.map(([id, what, more = {}]) => ({ id, what, ...more })),
  }),
);
