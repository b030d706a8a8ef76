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
    what: 'sends `include: []`, `tools: []` and `stream: false`',
    why: 'they say what is so without them; servers with part of the API refuse some of them [RSP-02, R2]',
    unify: (value, key) => {
      const empty = Array.isArray(value) && value.length === 0;
      if ((key === 'include' || key === 'tools') && empty) return ABSENT;
      return key === 'stream' && value === false ? ABSENT : value;
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
      const parts = (value['content'] as readonly { readonly text?: string }[]).map(
        ({ text }) => text,
      );
      return { role: 'assistant', content: parts.join('') };
    },
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
