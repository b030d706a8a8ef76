import { beforeEach, expect } from 'vitest';

// Node 20 has one behind a flag, with which these tests run; see vitest.config.ts.
beforeEach(() => {
  expect((globalThis as { readonly WebSocket?: unknown }).WebSocket).toBeTypeOf('function');
});

await import('./support/websocket-laws.js');
