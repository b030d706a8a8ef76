import { afterEach, beforeEach, vi } from 'vitest';

// Node 22 and later have a WebSocket of their own; here it is that of the package `ws`, as on Node 20.
beforeEach(() => {
  vi.stubGlobal('WebSocket', undefined);
});
afterEach(() => {
  vi.unstubAllGlobals();
});

await import('./support/websocket-laws.js');
