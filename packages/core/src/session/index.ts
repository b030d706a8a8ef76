export { MemorySession } from './memory-session.js';
export type { MemorySessionOptions } from './memory-session.js';
export type { Session } from './session.js';
