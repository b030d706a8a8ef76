import { describe, expect, it } from 'vitest';
import { isObject } from '../src/json.js';
import { itemKind } from '../src/responses/item-kinds.js';
import { requestShape } from '../src/responses/shapes/request.js';
import { type Described, disagreements, parameterDisagreements } from './support/disagreements.js';
import { loadOpenAISchema, type OpenAISchema, type Schema } from './support/openai-schema.js';
import { samples } from './support/schema-samples.js';

const schema = loadOpenAISchema();

/** Where the server knows the API better than its description; everything else has to agree. */
const KNOWN_DIFFERENCES: readonly RegExp[] = [
  // A replayed assistant message may be as short as a hand-written one.
  /"role":"assistant".* without (id|type|status|annotations): server accepts/,
  // An output that names no call answers nothing.
  /"function_call_output".*input\[0\]\.call_id'/,
  /"type":null.*Missing required parameter: 'input\[0\]\.type'/,
];

describe.skipIf(schema === undefined)("the server's shapes and OpenAI's schema agree", () => {
  const openai = schema as OpenAISchema; // the suite is skipped without it
  const described: Described = {
    openai,
    shape: requestShape,
    component: 'CreateResponse',
    knownDifferences: KNOWN_DIFFERENCES,
  };
  const body = (field: string, value: unknown): unknown => ({
    model: 'm',
    input: 'x',
    [field]: value,
  });

  it('on every input item', () => {
    const items = samples(openai, openai.component('InputItem')).map(withRealId);
    expect(disagreements(described, items, (item) => body('input', [item]))).toEqual([]);
  });

  it('on every tool', () => {
    const tools = samples(openai, openai.component('Tool'));
    expect(disagreements(described, tools, (tool) => body('tools', [tool]))).toEqual([]);
  });

  it('on every tool choice', () => {
    const choices = samples(openai, openai.component('ToolChoiceParam'));
    expect(disagreements(described, choices, (choice) => body('tool_choice', choice))).toEqual([]);
  });

  it('on every other parameter', () => {
    const parts = ['CreateModelResponseProperties', 'ResponseProperties'].map((name) =>
      openai.component(name),
    );
    const own = openai.component('CreateResponse')['allOf'] as Schema[];
    const others = [...parts, ...own].map((part) =>
      without(part, ['tools', 'tool_choice', 'input', 'model']),
    );
    expect(parameterDisagreements(described, others, body)).toEqual([]);
  });
});

/** The schema does not say how ids begin; the API cares. */
function withRealId(sample: unknown): unknown {
  if (!isObject(sample) || sample['id'] === undefined) return sample;
  return { ...sample, id: `${itemKind(String(sample['type'] ?? 'message')).idPrefix}_1` };
}

function without(part: Schema, names: readonly string[]): Schema {
  const fields = Object.entries((part['properties'] ?? {}) as Record<string, Schema>);
  return { properties: Object.fromEntries(fields.filter(([name]) => !names.includes(name))) };
}
