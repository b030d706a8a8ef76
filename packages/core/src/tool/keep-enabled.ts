import { allSettled } from '../internal/all-settled.js';

/** What can be switched on and off: a tool, a handoff. */
interface Switchable<TOptions> {
  readonly isEnabled?: boolean | ((options: TOptions) => boolean | Promise<boolean>);
}

/** Those that are switched on for this agent and run; nothing to await where nobody has to be asked. */
export function keepEnabled<T extends Switchable<TOptions>, TOptions>(
  all: readonly T[],
  options: TOptions,
): readonly T[] | Promise<readonly T[]> {
  return all.every((each) => (each.isEnabled ?? true) === true) ? all : askEnabled(all, options);
}

async function askEnabled<T extends Switchable<TOptions>, TOptions>(
  all: readonly T[],
  options: TOptions,
): Promise<readonly T[]> {
  const enabled = await allSettled(
    all.map(async ({ isEnabled = true }) => (typeof isEnabled === 'function' ? isEnabled(options) : isEnabled)),
  );
  return all.filter((_each, index) => enabled[index] === true);
}
