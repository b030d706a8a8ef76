import type { ChildProcess } from 'node:child_process';
import { spawnSync } from 'node:child_process';
import process from 'node:process';

/** Whether a process can be started as the head of a group that is signalled as a whole; Windows has no such groups. */
export const ownsGroup: boolean = process.platform !== 'win32';

/** Signals a process and all that it started. What is not there any more has ended, which is what was wanted. */
export function signalGroup({ pid, exitCode, signalCode }: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): void {
  if (pid === undefined) return;
  try {
    if (ownsGroup) {
      process.kill(-pid, signal);
    } else if (exitCode === null && signalCode === null) {
      // The tree by its head; there is no asking on Windows.
      spawnSync('taskkill', ['/pid', String(pid), '/T', '/F'], { windowsHide: true });
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException; // what kill throws
    if (code !== 'ESRCH' && code !== 'EPERM') throw error;
  }
}

/** Waits for a process whose input has ended; tells it and its group to end, then ends them. */
export async function endGroup(child: ChildProcess, exited: Promise<void>): Promise<void> {
  if (await within(exited, GRACE_MS)) return;
  signalGroup(child, 'SIGTERM');
  if (await within(exited, GRACE_MS)) return;
  signalGroup(child, 'SIGKILL');
  await within(exited, GRACE_MS);
}

/**
 * Ends the group where this process ends first: at once where it exits, with time to end by itself where a signal
 * ends it that nobody else listens to. Nothing can be done where it is killed; then the server sees the end of its
 * input.
 *
 * @returns what lets go of it.
 */
export function guardGroup(child: ChildProcess): () => void {
  const onExit = (): void => signalGroup(child, 'SIGKILL');
  const handlers = SIGNALS.map((signal) => [signal, guardAgainst(signal, child)] as const);
  // One set of listeners per running server is no leak.
  process.setMaxListeners(process.getMaxListeners() + 1);
  process.once('exit', onExit);
  for (const [signal, handler] of handlers) process.on(signal, handler);
  let guarded = true;
  return () => {
    if (!guarded) return;
    guarded = false;
    process.setMaxListeners(process.getMaxListeners() - 1);
    process.off('exit', onExit);
    for (const [signal, handler] of handlers) process.off(signal, handler);
  };
}

/** Marks these handlers, so that those of other servers do not count as somebody else's. */
const GUARD = Symbol.for('baton.mcp.guard');

function guardAgainst(signal: (typeof SIGNALS)[number], child: ChildProcess): () => void {
  let ending = false;
  const end = (): void => {
    signalGroup(child, 'SIGKILL');
    process.off(signal, handler);
    // The last server lets the signal do what it would have done without any.
    if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
  };
  const handler = (): void => {
    // Whoever else listens decides what becomes of this process.
    if (process.listeners(signal).some((listener) => !(GUARD in listener))) return;
    if (ending) {
      end();
      return;
    }
    ending = true;
    const timer = setTimeout(end, SIGNAL_GRACE_MS);
    child.once('exit', () => {
      clearTimeout(timer);
      end();
    });
    signalGroup(child, 'SIGTERM');
  };
  return Object.assign(handler, { [GUARD]: true });
}

/** How long a process has to end by itself where a signal ends this one. */
const SIGNAL_GRACE_MS = 1000;

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** How long a process has for each step of its end. */
const GRACE_MS = 2000;

async function within(promise: Promise<void>, ms: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const time = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), ms);
  });
  try {
    return await Promise.race([promise.then(() => true), time]);
  } finally {
    clearTimeout(timer);
  }
}
