import { beforeEach, expect, vi } from 'vitest';

await import('./websocket.test.js');

// The same tests; this runs after their own hook, which takes the platform's WebSocket away. Node 20 has one behind a
// flag, with which these tests run; see vitest.config.ts.
const socket = (globalThis as { readonly WebSocket?: unknown }).WebSocket;
beforeEach(() => {
  expect(socket).toBeTypeOf('function');
  vi.stubGlobal('WebSocket', socket);
});
