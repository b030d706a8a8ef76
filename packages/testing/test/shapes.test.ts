import { describe, expect, it } from 'vitest';
import { ApiError } from '../src/http/api-error.js';
import { isObject } from '../src/json.js';
import { itemKind } from '../src/responses/item-kinds.js';
import { requestShape } from '../src/responses/shapes/request.js';
import { loadOpenAISchema, type OpenAISchema, type Schema } from './support/openai-schema.js';
import { type Mutation, mutations, samples } from './support/schema-samples.js';

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

  it('on every input item', () => {
    expect(disagreements(openai, 'InputItem', (item) => ({ model: 'm', input: [item] }))).toEqual(
      [],
    );
  });

  it('on every tool', () => {
    expect(
      disagreements(openai, 'Tool', (tool) => ({ model: 'm', input: 'x', tools: [tool] })),
    ).toEqual([]);
  });

  it('on every tool choice', () => {
    expect(
      disagreements(openai, 'ToolChoiceParam', (choice) => ({
        model: 'm',
        input: 'x',
        tool_choice: choice,
      })),
    ).toEqual([]);
  });

  it('on every other parameter', () => {
    const parts = ['CreateModelResponseProperties', 'ResponseProperties'].map((name) =>
      openai.component(name),
    );
    const own = openai.component('CreateResponse')['allOf'] as Schema[];
    const ignored = ['tools', 'tool_choice', 'input', 'model'];
    const fields = [...parts, ...own]
      .flatMap((part) => layersOf(openai, part))
      .filter(([name]) => !ignored.includes(name));
    const found = fields.flatMap(([name, field]) =>
      disagreementsOf(openai, samples(openai, field, name), (value) => ({
        model: 'm',
        input: 'x',
        [name]: value,
      })),
    );
    expect(found).toEqual([]);
  });
});

function layersOf(openai: OpenAISchema, part: Schema): [string, Schema][] {
  return Object.entries((part['properties'] ?? {}) as Record<string, Schema>);
}

function disagreements(
  openai: OpenAISchema,
  component: string,
  body: (value: unknown) => unknown,
): readonly string[] {
  return disagreementsOf(
    openai,
    samples(openai, openai.component(component)).map(withRealId),
    body,
  );
}

/** The schema does not say how ids begin; the API cares. */
function withRealId(sample: unknown): unknown {
  if (!isObject(sample) || sample['id'] === undefined) return sample;
  return { ...sample, id: `${itemKind(String(sample['type'] ?? 'message')).idPrefix}_1` };
}

function disagreementsOf(
  openai: OpenAISchema,
  values: readonly unknown[],
  body: (value: unknown) => unknown,
): readonly string[] {
  const found: string[] = [];
  for (const sample of values) {
    const cases: Mutation[] = [{ what: 'as it is', value: sample }, ...mutations(sample)];
    for (const { what, value } of cases) {
      const schemaSays = openai.requestProblems('CreateResponse', body(value));
      const serverSays = problemOf(body(value));
      if (schemaSays.length > 0 === (serverSays !== undefined)) continue;
      const line = `${JSON.stringify(value)} ${what}: server ${serverSays ?? 'accepts'}, schema ${schemaSays[0] ?? 'accepts'}`;
      if (!KNOWN_DIFFERENCES.some((known) => known.test(line))) found.push(line);
    }
  }
  return found;
}

function problemOf(body: unknown): string | undefined {
  try {
    requestShape(body, '');
    return undefined;
  } catch (error) {
    if (error instanceof ApiError) return error.message;
    throw error;
  }
}
