import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/**
 * How many collections of what is young there are to one of everything, which takes thirty times as long:
 * minutes for 300 turns in every mode. `BATON_FULL_GC=1` collects everything each time.
 */
const MINORS_PER_MAJOR = process.env['BATON_FULL_GC'] === '1' ? 1 : 20;

/** Collects garbage, at once; where the engine does not let anybody ask for it, does nothing. */
export function forcedGc(): () => void {
  setFlagsFromString('--expose-gc');
  const gc: unknown = runInNewContext('typeof gc === "function" ? gc : undefined');
  if (typeof gc !== 'function') return () => undefined;
  let count = 0;
  return () => {
    gc({ type: count++ % MINORS_PER_MAJOR === 0 ? 'major' : 'minor' });
  };
}
