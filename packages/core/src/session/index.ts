export { MemorySession } from './memory-session.js';
export type { MemorySessionOptions } from './memory-session.js';
export type { Session, SessionWrite } from './session.js';
