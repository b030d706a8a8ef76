// An MCP server over stdio that misbehaves as its arguments say: `stubborn` does not end by itself, `parent` has a
// process of its own that does not either, `noisy` writes what is no message, `broken` ends at once, `silent` never
// answers, `wordy` says much and a secret before it ends. Its tools tell of the process it is.

import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

const modes = new Set(process.argv.slice(2));

if (modes.has('broken')) {
  console.error('the configuration is missing; token=sk-very-secret-value');
  process.exit(3);
}
if (modes.has('wordy')) {
  // What comes last leaves room for the end of the secret only.
  console.error(`token=${process.env['API_TOKEN']}${'.'.repeat(1990)}`);
  process.exit(3);
}
if (modes.has('stubborn') || modes.has('child')) {
  process.on('SIGTERM', () => undefined);
  setInterval(() => undefined, 1000);
}
if (modes.has('child')) setInterval(() => undefined, 1000);

let childPid;
if (modes.has('parent')) {
  const child = spawn(process.execPath, [import.meta.filename, 'child'], { stdio: 'inherit' });
  childPid = child.pid;
}

const tools = ['pids', 'environment', 'crash', 'flood', 'nonsense', 'hang', 'change'].map((name) => ({
  name,
  inputSchema: { type: 'object', properties: {} },
}));

const text = (value) => ({ content: [{ type: 'text', text: JSON.stringify(value) }] });

const answers = {
  initialize: () => ({
    protocolVersion: '2025-11-25',
    capabilities: { tools: { listChanged: true } },
    serverInfo: { name: 'stdio', version: '1' },
  }),
  'tools/list': () => ({ tools }),
  'tools/call': ({ name }) => {
    switch (name) {
      case 'pids':
        return text([process.pid, childPid].filter((pid) => pid !== undefined));
      case 'environment':
        return text({ env: process.env, cwd: process.cwd() });
      case 'crash':
        return process.exit(1);
      case 'flood':
        return text('x'.repeat(11 * 2 ** 20));
      case 'nonsense':
        return { content: Array.from({ length: 20 }, () => null) };
      case 'change':
        tools.push({ name: 'another', inputSchema: { type: 'object' } });
        send({ method: 'notifications/tools/list_changed' });
        return text('changed');
      default:
        return undefined;
    }
  },
};

function send(message) {
  process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
}

if (!modes.has('child') && !modes.has('silent')) {
  createInterface({ input: process.stdin }).on('line', (line) => {
    if (modes.has('noisy')) process.stdout.write('Listening on nothing\n{"not": "a message"}\n');
    const { id, method, params } = JSON.parse(line);
    const result = answers[method]?.(params);
    if (result !== undefined && id !== undefined) send({ id, result });
  });
} else {
  process.stdin.resume();
}
