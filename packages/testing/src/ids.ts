/** Hands out `resp_1`, `resp_2`, `msg_1`, …: one counter per prefix, so that runs repeat exactly. */
export type NextId = (prefix: string) => string;

export function idCounters(): NextId {
  const counters = new Map<string, number>();
  return (prefix) => {
    const count = (counters.get(prefix) ?? 0) + 1;
    counters.set(prefix, count);
    return `${prefix}_${count}`;
  };
}
