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
 * Ends the group where this process ends first, by itself or by a signal that nobody else listens to. Nothing can
 * be done where it is killed; then the server sees the end of its input.
 *
 * @returns what lets go of it.
 */
export function guardGroup(child: ChildProcess): () => void {
  const onExit = (): void => signalGroup(child, 'SIGKILL');
  const handlers = SIGNALS.map((signal) => {
    const onSignal = (): void => {
      signalGroup(child, 'SIGTERM');
      process.off(signal, onSignal);
      // Who else listens decides what becomes of the process; where nobody does, it ends as it would have.
      if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
    };
    return [signal, onSignal] as const;
  });
  // One set of listeners per running server is no leak.
  process.setMaxListeners(process.getMaxListeners() + 1);
  process.once('exit', onExit);
  for (const [signal, onSignal] of handlers) process.on(signal, onSignal);
  let guarded = true;
  return () => {
    if (!guarded) return;
    guarded = false;
    process.setMaxListeners(process.getMaxListeners() - 1);
    process.off('exit', onExit);
    for (const [signal, onSignal] of handlers) process.off(signal, onSignal);
  };
}

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
