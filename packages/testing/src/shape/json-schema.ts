import { isObject, type JsonObject } from '../json.js';

/** What is wrong with the schema of a tool or of a text format, in OpenAI's words; `undefined` when nothing is. */
export function schemaProblem(schema: JsonObject, strict: boolean): string | undefined {
  if (schema['type'] !== 'object') {
    const got = typeof schema['type'] === 'string' ? schema['type'] : 'None';
    return `schema must be a JSON Schema of 'type: "object"', got 'type: "${got}"'.`;
  }
  if (strict && ROOT_ONLY_OBJECT.some((keyword) => keyword in schema)) {
    return "schema must have type 'object' and not have 'oneOf'/'anyOf'/'allOf'/'enum'/'not' at the top level.";
  }
  if (!strict && schema['properties'] === undefined)
    return inContext([], 'object schema missing properties.');
  return nodeProblem(schema, [], strict);
}

type Context = readonly string[];

const ROOT_ONLY_OBJECT = ['oneOf', 'anyOf', 'allOf', 'enum', 'not'];

/** Keywords that structured outputs do not know. */
const NOT_PERMITTED = [
  'allOf',
  'oneOf',
  'not',
  'if',
  'then',
  'else',
  'default',
  'dependentRequired',
  'dependentSchemas',
  'patternProperties',
  'propertyNames',
  'minProperties',
  'maxProperties',
  'unevaluatedProperties',
  'unevaluatedItems',
  'prefixItems',
  'contains',
  'minContains',
  'maxContains',
  'uniqueItems',
];

const FORMATS = [
  'date-time',
  'time',
  'date',
  'duration',
  'email',
  'hostname',
  'ipv4',
  'ipv6',
  'uuid',
];

function nodeProblem(node: unknown, context: Context, strict: boolean): string | undefined {
  if (!isObject(node))
    return strict ? inContext(context, "schema must have a 'type' key.") : undefined;
  const own = (strict ? strictProblem(node) : undefined) ?? arrayProblem(node);
  if (own !== undefined) return inContext(context, own);
  for (const [child, path] of childrenOf(node)) {
    const problem = nodeProblem(child, [...context, ...path], strict);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function strictProblem(node: JsonObject): string | undefined {
  const refused = NOT_PERMITTED.find((keyword) => keyword in node);
  if (refused !== undefined) return `'${refused}' is not permitted.`;
  if ('$ref' in node) {
    const others = Object.keys(node).filter(
      (keyword) => keyword !== '$ref' && keyword !== '$defs' && keyword !== 'definitions',
    );
    return others.length === 0
      ? undefined
      : `$ref cannot have keywords {${others.map((name) => `'${name}'`).join(', ')}}.`;
  }
  if (node['type'] === undefined && node['anyOf'] === undefined)
    return "schema must have a 'type' key.";
  const format = node['format'];
  if (typeof format === 'string' && !FORMATS.includes(format))
    return `'${format}' is not a valid format.`;
  return hasType(node, 'object') ? objectProblem(node) : undefined;
}

function objectProblem(node: JsonObject): string | undefined {
  if (node['additionalProperties'] !== false) {
    return "'additionalProperties' is required to be supplied and to be false.";
  }
  const properties = Object.keys(isObject(node['properties']) ? node['properties'] : {});
  const required: readonly unknown[] = Array.isArray(node['required']) ? node['required'] : [];
  const missing = properties.find((name) => !required.includes(name));
  const extra = required.find((name) => !properties.includes(String(name)));
  if (missing === undefined && extra === undefined) return undefined;
  const rule =
    "'required' is required to be supplied and to be an array including every key in properties.";
  return missing === undefined
    ? `${rule} Extra required key '${String(extra)}' supplied.`
    : `${rule} Missing '${missing}'.`;
}

function arrayProblem(node: JsonObject): string | undefined {
  return hasType(node, 'array') && node['items'] === undefined && node['prefixItems'] === undefined
    ? 'array schema missing items.'
    : undefined;
}

function hasType(node: JsonObject, type: string): boolean {
  return node['type'] === type || (Array.isArray(node['type']) && node['type'].includes(type));
}

function childrenOf(node: JsonObject): readonly (readonly [child: unknown, path: Context])[] {
  const named = ['properties', '$defs', 'definitions'].flatMap((keyword) =>
    Object.entries(isObject(node[keyword]) ? node[keyword] : {}).map(
      ([name, child]) => [child, [keyword, name]] as const,
    ),
  );
  const listed = ['anyOf', 'oneOf', 'allOf'].flatMap((keyword) =>
    (Array.isArray(node[keyword]) ? node[keyword] : []).map(
      (child, index) => [child, [keyword, String(index)]] as const,
    ),
  );
  return [
    ...named,
    ...listed,
    ...(isObject(node['items']) ? [[node['items'], ['items']] as const] : []),
  ];
}

/** OpenAI writes the place as a Python tuple. */
function inContext(context: Context, problem: string): string {
  const quoted = context.map((step) => `'${step}'`).join(', ');
  return `In context=(${quoted}${context.length === 1 ? ',' : ''}), ${problem}`;
}
