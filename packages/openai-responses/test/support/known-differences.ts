/** A way in which the requests of `@openai/agents` 0.20 differ from Baton's, and why Baton's stay as they are. */
export interface KnownDifference {
  readonly what: string;
  readonly why: string;
  /** Makes of a value of the other's body what Baton sends there. */
  readonly unify?: (value: unknown, key: string) => unknown;
  /** Makes of a value of Baton's body what the other sends there, where that says less. */
  readonly reduce?: (value: unknown, key: string) => unknown;
}

/** Marks a field that Baton does not send. */
const ABSENT = Symbol('absent');

export const KNOWN_DIFFERENCES: readonly KnownDifference[] = [
  {
    what: 'sends `include: []`, `tools: []` and `stream: false`',
    why: 'they say what is so without them; servers with part of the API refuse some of them [RSP-02, R2]',
    unify: (value, key) => {
      const empty = Array.isArray(value) && value.length === 0;
      if ((key === 'include' || key === 'tools') && empty) return ABSENT;
      return key === 'stream' && value === false ? ABSENT : value;
    },
  },
  {
    what: 'sends `$schema` with schemas made by zod',
    why: 'strict schemas have no such keyword, it costs tokens in every request, and it names another draft',
    unify: (value, key) => (key === '$schema' ? ABSENT : value),
  },
  {
    what: 'says "or null" of a plain type by `anyOf`',
    why: "`type: [T, 'null']` is how OpenAI's guide to structured outputs says it, with half the tokens",
    unify: (value) => {
      if (!isRecord(value) || !Array.isArray(value['anyOf'])) return value;
      const { anyOf, ...rest } = value;
      const [first, second] = anyOf as unknown[];
      if (!isRecord(first) || !isRecord(second) || second['type'] !== 'null') return value;
      const { type, ...more } = first;
      if ('enum' in more) return value;
      return typeof type === 'string' ? { type: [type, 'null'], ...more, ...rest } : value;
    },
  },
  {
    what: 'calls the format of an output type `output`',
    why: 'RSP-8 says `final_output`',
    unify: (value, key) =>
      key === 'format' && isRecord(value) && value['name'] === 'output'
        ? { ...value, name: 'final_output' }
        : value,
  },
  {
    what: 'keeps capitals in the names of handoffs',
    why: 'HO-2 says lower case',
    unify: (value) =>
      typeof value === 'string' && value.startsWith('transfer_to_') ? value.toLowerCase() : value,
  },
  {
    what: 'ends the description of a handoff with a space where the agent has none',
    why: 'nobody meant it',
    unify: (value, key) =>
      key === 'description' && typeof value === 'string' ? value.trimEnd() : value,
  },
  {
    what: 'drops a handoff that came second from the history',
    why: 'RUN-21: the model is told what became of every call',
    reduce: (value, key) => {
      if (key !== 'input' || !Array.isArray(value)) return value;
      const items = value.filter(isRecord);
      const ignored = items.find(({ output }) => output === IGNORED_HANDOFF)?.['call_id'];
      return ignored === undefined ? value : items.filter((item) => item['call_id'] !== ignored);
    },
  },
  {
    what: 'sends calls of hosted tools back without what they gave',
    why: 'an item goes back as it came: the model has to know what it has found and made',
    reduce: (value) => {
      if (!isRecord(value)) return value;
      switch (value['type']) {
        case 'image_generation_call':
          return value['result'] === null ? value : { ...value, result: null };
        case 'code_interpreter_call':
          return value['outputs'] === null ? { ...value, outputs: [] } : value;
        case 'mcp_call': {
          const { output, ...rest } = value;
          return output === undefined ? value : rest;
        }
        default:
          return value;
      }
    },
  },
  {
    what: 'sends a picture in a tool output without `detail`',
    why: 'the published schema requires it; `auto` is what is meant without it',
    unify: (value) =>
      isRecord(value) && value['type'] === 'input_image' && value['detail'] === undefined
        ? { ...value, detail: 'auto' }
        : value,
  },
  {
    what: 'sends an assistant message that was made by hand in the form of one with an id, without an id',
    why: 'the published schema wants the id there; without one it is quoted as text',
    unify: (value) => {
      if (!isRecord(value) || value['role'] !== 'assistant' || 'id' in value) return value;
      const parts = (value['content'] as readonly { readonly text?: string }[]).map(({ text }) => text);
      return { role: 'assistant', content: parts.join('') };
    },
  },
  {
    what: "tells the model that a tool failed, but not the error's message",
    why: 'TL-6: the message is what lets a model try again better; it stays away with sensitive data',
    unify: (value) =>
      value === 'An error occurred while running the tool. Please try again.'
        ? `${value} Error: No luck`
        : value,
  },
  {
    what: 'drops all default settings of the default model where the agent has any settings of its own',
    why: 'a temperature must not make answers longer: each setting that is not given has its default',
    reduce: (value) => {
      if (!isRecord(value) || !isRecord(value['reasoning'])) return value;
      const { text, ...rest } = value;
      const mixed = value['model'] === 'gpt-5.6-luna' && value['reasoning']['effort'] === 'high';
      return mixed && text !== undefined ? rest : value;
    },
  },
];

const IGNORED_HANDOFF = 'Multiple handoffs detected, ignoring this one.';

/**
 * The bodies of the two without the differences that are known.
 *
 * @param seen Gets the differences that were there.
 */
export function withoutKnown(
  { baton, rival }: { readonly baton: unknown; readonly rival: unknown },
  seen: Set<KnownDifference>,
): { readonly baton: unknown; readonly rival: unknown } {
  return {
    baton: walk(baton, '', { side: 'reduce', seen }),
    rival: walk(rival, '', { side: 'unify', seen }),
  };
}

interface Walk {
  readonly side: 'unify' | 'reduce';
  readonly seen: Set<KnownDifference>;
}

function walk(value: unknown, key: string, how: Walk): unknown {
  let current = value;
  for (const difference of KNOWN_DIFFERENCES) {
    const change = difference[how.side];
    const next = change === undefined ? current : change(current, key);
    if (next === current) continue;
    how.seen.add(difference);
    if (next === ABSENT) return ABSENT;
    current = next;
  }
  if (Array.isArray(current)) return current.map((each) => walk(each, '', how));
  if (!isRecord(current)) return current;
  return Object.fromEntries(
    Object.entries(current)
      .map(([name, each]) => [name, walk(each, name, how)] as const)
      .filter(([, each]) => each !== ABSENT),
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
