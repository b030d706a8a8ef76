import { UserError } from '../error/index.js';
import type { InferSchemaOutput, StandardSchema } from '../internal/standard-schema.js';
import { isStandardSchema } from '../internal/standard-schema.js';
import { isRecord } from '../internal/json.js';
import type { JsonSchemaDefinition, SerializedOutputType } from '../model/index.js';
import { createSchemaParser, parseJson } from '../tool/index.js';
import type { ParseResult } from '../tool/index.js';

/**
 * What an agent's final output is: `'text'`, a schema (zod 4.2 or newer, another Standard Schema with
 * JSON Schema; objects, lists, unions and scalars), or a JSON Schema definition.
 */
export type AgentOutputType = 'text' | StandardSchema | JsonSchemaDefinition;

/** The type of the final output that goes with an output type. */
export type ResolvedOutput<TOutput> = TOutput extends 'text'
  ? string
  : TOutput extends StandardSchema
    ? InferSchemaOutput<TOutput>
    : unknown;

/** An output type made ready: what the model is told, and how its answer is read. */
export interface OutputSpec {
  readonly serialized: SerializedOutputType;
  /** Reads the model's text; text agents take it as it is. */
  parse(text: string): ParseResult | Promise<ParseResult>;
}

const textOutput: OutputSpec = {
  serialized: 'text',
  parse: (text) => ({ ok: true, value: text }),
};

/**
 * Makes an output type ready, once per agent. What is no object is wrapped under `response` for the model
 * and unwrapped for the user [OS-2].
 *
 * @throws UserError where the type is no output type or its schema cannot be strict.
 */
export function createOutputSpec(outputType: AgentOutputType, agentName: string): OutputSpec {
  if (outputType === 'text') return textOutput;
  const what = `the output type of agent "${agentName}"`;
  if (isStandardSchema(outputType)) {
    const parser = createSchemaParser(outputType, { what, strict: true, wrapUnder: 'response' });
    return {
      serialized: {
        type: 'json_schema',
        name: 'final_output',
        strict: true,
        schema: parser.jsonSchema,
      },
      parse: (text) => {
        const json = parseFinalJson(text);
        return json.ok ? parser.parse(json.value) : json;
      },
    };
  }
  if (isRecord(outputType) && outputType.type === 'json_schema' && isRecord(outputType.schema)) {
    return { serialized: outputType, parse: parseFinalJson };
  }
  throw new UserError(
    `${what} is not an output type. Use 'text', a schema (zod 4.2 or newer), or ` +
      "{ type: 'json_schema', name, strict, schema }.",
  );
}

function parseFinalJson(text: string): ParseResult {
  if (text.trim() === '') return { ok: false, problem: 'the text is empty' };
  const parsed = parseJson(text);
  if (parsed.ok) return parsed;
  // Models that are only asked for JSON, not held to it, like to put it in a fence.
  const fenced = /^\s*```(?:json)?\s*\n([\s\S]*?)\n\s*```\s*$/i.exec(text)?.[1];
  return fenced === undefined ? parsed : parseJson(fenced);
}
