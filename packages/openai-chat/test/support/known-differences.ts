import {
  ABSENT,
  COMMON_DIFFERENCES,
  isRecord,
  type KnownDifference,
} from '@baton/openai-shared/test-support/differential';

/** Every difference of the requests that is meant to be. */
export const KNOWN_DIFFERENCES: readonly KnownDifference[] = [
  ...COMMON_DIFFERENCES,
  {
    what: 'sends `stream: false`',
    why: 'it says what is so without it',
    unify: (value, key) => (key === 'stream' && value === false ? ABSENT : value),
  },
  {
    what: 'calls the format of an output type `output`',
    why: 'CC-15 says `final_output`',
    unify: (value, key) =>
      key === 'json_schema' && isRecord(value) && value['name'] === 'output'
        ? { ...value, name: 'final_output' }
        : value,
  },
  {
    what: 'sends what an assistant said as a list of parts',
    why: 'C6: servers with part of the API know it as text only',
    unify: (value) => {
      if (!isAssistant(value) || !Array.isArray(value['content'])) return value;
      const parts = value['content'] as readonly {
        readonly text?: string;
        readonly refusal?: string;
      }[];
      const texts = parts.flatMap(({ text }) => (text === undefined ? [] : [text]));
      const refusal = parts.find((part) => part.refusal !== undefined)?.refusal;
      const content = texts.length === 0 ? null : texts.join('');
      return { ...value, content, ...(refusal !== undefined && { refusal }) };
    },
  },
  {
    what: 'sends handoffs without `strict`',
    why: 'C13: they are functions like all others, and their schema is strict',
    unify: (value, key) => {
      if (key !== 'function' || !isRecord(value) || 'strict' in value) return value;
      const isHandoff =
        isRecord(value['parameters']) && String(value['name']).startsWith('transfer_to_');
      return isHandoff ? { ...value, strict: true } : value;
    },
  },
  {
    what: 'sends a picture without `detail`',
    why: 'C4: `auto` is what is meant without it',
    unify: (value, key) =>
      key === 'image_url' && isRecord(value) && value['detail'] === undefined
        ? { ...value, detail: 'auto' }
        : value,
  },
  {
    what: 'sends the texts that a tool gave beside a picture as one',
    why: 'S3-5, D5: they stay parts, and a warning says what was lost',
    reduce: (value) => {
      if (!isRecord(value) || value['role'] !== 'tool' || !Array.isArray(value['content']))
        return value;
      const parts = value['content'] as readonly { readonly text: string }[];
      return { ...value, content: parts.map(({ text }) => text).join('') };
    },
  },
  {
    what: 'drops a handoff that came second from the history',
    why: 'RUN-21: the model is told what became of every call',
    reduce: (value, key) => {
      if (key !== 'messages' || !Array.isArray(value)) return value;
      const messages = value.filter(isRecord);
      const ignored = messages.find(({ content }) => content === IGNORED_HANDOFF)?.['tool_call_id'];
      if (ignored === undefined) return value;
      return messages
        .filter((message) => message['tool_call_id'] !== ignored)
        .map((message) => withoutCall(message, ignored));
    },
  },
  {
    what: 'drops all default settings of the default model where the agent has any settings of its own',
    why: 'a temperature must not make answers longer: each setting that is not given has its default',
    reduce: (value) => {
      if (!isRecord(value) || value['reasoning_effort'] !== 'high') return value;
      const { verbosity, ...rest } = value;
      return verbosity === undefined ? value : rest;
    },
  },
];

function isAssistant(value: unknown): value is Record<string, unknown> {
  return isRecord(value) && value['role'] === 'assistant';
}

function withoutCall(message: Record<string, unknown>, id: unknown): Record<string, unknown> {
  const calls = message['tool_calls'];
  if (!Array.isArray(calls)) return message;
  return { ...message, tool_calls: calls.filter((call) => !isRecord(call) || call['id'] !== id) };
}

const IGNORED_HANDOFF = 'Multiple handoffs detected, ignoring this one.';
