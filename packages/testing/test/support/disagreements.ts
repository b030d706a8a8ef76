import { ApiError } from '../../src/http/api-error.js';
import type { Shape } from '../../src/shape/shape.js';
import type { OpenAISchema, Schema } from './openai-schema.js';
import { type Mutation, mutations, samples } from './schema-samples.js';

/** One of the server's own shapes, and the component of OpenAI's schema that describes the same. */
export interface Described {
  readonly openai: OpenAISchema;
  readonly shape: Shape;
  readonly component: string;
  /** Where the server knows the API better than its description. */
  readonly knownDifferences: readonly RegExp[];
}

/** Where the two differ about a value that was put into a body, or about one changed in one place. */
export function disagreements(
  described: Described,
  values: readonly unknown[],
  bodyOf: (value: unknown) => unknown,
): readonly string[] {
  const found: string[] = [];
  for (const sample of values) {
    const cases: Mutation[] = [{ what: 'as it is', value: sample }, ...mutations(sample)];
    for (const { what, value } of cases) {
      const line = disagreement(described, bodyOf(value));
      const told = line && `${JSON.stringify(value)} ${what}: ${line}`;
      if (told !== undefined && !described.knownDifferences.some((known) => known.test(told)))
        found.push(told);
    }
  }
  return found;
}

/** Where they differ about any parameter that is described by these components. */
export function parameterDisagreements(
  described: Described,
  components: readonly Schema[],
  bodyOf: (name: string, value: unknown) => unknown,
): readonly string[] {
  const fields = components.flatMap((part) =>
    Object.entries((part['properties'] ?? {}) as Record<string, Schema>),
  );
  return fields.flatMap(([name, field]) =>
    disagreements(described, samples(described.openai, field, name), (value) =>
      bodyOf(name, value),
    ),
  );
}

function disagreement({ openai, shape, component }: Described, body: unknown): string | undefined {
  const schemaSays = openai.requestProblems(component, body);
  const serverSays = problemOf(shape, body);
  return schemaSays.length > 0 === (serverSays !== undefined)
    ? undefined
    : `server ${serverSays ?? 'accepts'}, schema ${schemaSays[0] ?? 'accepts'}`;
}

function problemOf(shape: Shape, body: unknown): string | undefined {
  try {
    shape(body, '');
    return undefined;
  } catch (error) {
    if (error instanceof ApiError) return error.message;
    throw error;
  }
}
