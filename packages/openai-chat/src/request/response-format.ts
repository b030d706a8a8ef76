import type { JsonSchemaDefinition, ModelRequest } from '@baton/core/model';
import type { ChatDialect, ResponseFormatSupport } from '../chat-dialect.js';
import type { ChatMemory } from './run-memory.js';

/** How a request asks for its output type. */
export interface ResponseFormat {
  /** The JSON of `response_format`; left out for plain text, which some servers refuse to be told [JS-111]. */
  readonly json: string | undefined;
  /** What the model is told besides its instructions. */
  readonly instructions: string | undefined;
}

/** What is known of a request when its format is chosen. */
export interface FormatOptions {
  readonly dialect: ChatDialect;
  readonly hasTools: boolean;
  readonly stream: boolean;
}

/** The best way of asking for JSON that the endpoint knows; the run validates what comes, whichever it is. */
export function responseFormat(
  outputType: ModelRequest['outputType'],
  { schemas }: ChatMemory,
  options: FormatOptions,
): ResponseFormat {
  if (outputType === 'text') return { json: undefined, instructions: undefined };
  switch (supportOf(options)) {
    case 'json_schema':
      return { json: jsonOf(outputType, schemas, wireFormat), instructions: undefined };
    case 'json_object':
      return {
        json: '{"type":"json_object"}',
        instructions: jsonOf(outputType, schemas, schemaInWords),
      };
    case 'prompt':
      return { json: undefined, instructions: jsonOf(outputType, schemas, schemaInWords) };
  }
}

function supportOf({ dialect, hasTools, stream }: FormatOptions): ResponseFormatSupport {
  const { responseFormat: plain = 'json_schema' } = dialect;
  const all = [
    plain,
    ...(hasTools ? [dialect.responseFormatWithTools ?? plain] : []),
    ...(stream ? [dialect.responseFormatStreamed ?? plain] : []),
  ];
  // What holds for all of it: the least.
  return SUPPORT.find((support) => all.includes(support)) ?? plain;
}

function jsonOf(
  type: JsonSchemaDefinition,
  schemas: ChatMemory['schemas'],
  make: (type: JsonSchemaDefinition) => string,
): string {
  const known = schemas.get(type);
  if (known?.make === make) return known.text;
  const text = make(type);
  schemas.set(type, { make, text });
  return text;
}

function wireFormat({ name, strict, schema }: JsonSchemaDefinition): string {
  return JSON.stringify({ type: 'json_schema', json_schema: { name, strict, schema } });
}

/** The word JSON has to be there: endpoints refuse `json_object` without it. */
function schemaInWords({ schema }: JsonSchemaDefinition): string {
  return (
    'Your final answer is one JSON value and nothing else: no words around it, no code fence. ' +
    `It has to be valid against this JSON schema:\n${JSON.stringify(schema)}`
  );
}

/** Least first. */
const SUPPORT = ['prompt', 'json_object', 'json_schema'] as const;
