/** How the names that models see are made. */
export interface FunctionToolNamesOptions {
  readonly serverName: string;
  /** Whether they begin with the server's name. */
  readonly prefixed: boolean;
  /** Names that are taken by others. */
  readonly reserved?: ReadonlySet<string> | undefined;
}

/**
 * The names that models see of a server's tools, one by one: as the server says them, as far as models can write
 * that. Where one is too long, or two would be the same, a short hash of the original tells them apart; a tool
 * that needs no change keeps its name. They depend on the server alone, so that they stay the same.
 */
export function functionToolNames(
  toolNames: readonly string[],
  { serverName, prefixed, reserved = new Set() }: FunctionToolNamesOptions,
): readonly string[] {
  const plain = toolNames.map((name) =>
    prefixed ? `mcp_${trimmed(serverName) || 'server'}__${trimmed(name) || 'tool'}` : writable(name) || 'tool',
  );
  const originals = new Map<string, Set<string>>();
  plain.forEach((name, index) => {
    const same = originals.get(name) ?? new Set();
    originals.set(name, same.add(toolNames[index] ?? ''));
  });
  return plain.map((name, index) => {
    const original = toolNames[index] ?? '';
    const shared = (originals.get(name)?.size ?? 0) > 1 && name !== original;
    if (!shared && name.length <= LONGEST && !reserved.has(name)) return name;
    // Without a prefix a reserved name is the agent's own to settle.
    if (!shared && name.length <= LONGEST && !prefixed) return name;
    const hash = shortHash(`${serverName}\0${original}`);
    return `${name.slice(0, LONGEST - hash.length - 1).replace(/[_-]+$/, '')}_${hash}`;
  });
}

/** The longest name that models take. */
const LONGEST = 64;

function writable(name: string): string {
  return name.trim().replaceAll(/[^a-zA-Z0-9_-]/g, '_');
}

function trimmed(name: string): string {
  return writable(name).replaceAll(/^[_-]+|[_-]+$/g, '');
}

/** FNV-1a, 32 bits: tells names apart, and protects nothing. */
function shortHash(text: string): string {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, '0');
}
