/** What is wrong with the first option that nobody knows, for the end of a sentence; `undefined` where all are known. */
export function unknownOption(options: object, known: Readonly<Record<string, true>>): string | undefined {
  for (const name of Object.keys(options)) {
    if (Object.hasOwn(known, name)) continue;
    const meant = closestName(name, Object.keys(known));
    const help = meant === undefined ? `Options are: ${Object.keys(known).join(', ')}.` : `Did you mean "${meant}"?`;
    return `unknown option "${name}". ${help}`;
  }
  return undefined;
}

/** The known name that a misspelled one was most likely meant to be; `undefined` where none is near. */
function closestName(name: string, known: Iterable<string>): string | undefined {
  let best: { readonly name: string; readonly distance: number } | undefined;
  for (const each of known) {
    const distance = editDistance(name.toLowerCase(), each.toLowerCase());
    if (distance <= Math.max(2, each.length / 3) && (best === undefined || distance < best.distance)) {
      best = { name: each, distance };
    }
  }
  return best?.name;
}

/** How many letters have to be added, left out or changed. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_each, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const changed = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(changed, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
