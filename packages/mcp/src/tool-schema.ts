/** A schema that a tool can have: what the model is shown, and how its arguments are checked before they leave. */
export interface ToolSchema {
  readonly '~standard': {
    readonly version: 1;
    readonly vendor: 'baton-mcp';
    readonly validate: (value: unknown) => { readonly value: unknown } | { readonly issues: readonly { readonly message: string }[] };
    readonly jsonSchema: { readonly input: () => Readonly<Record<string, unknown>> };
  };
}

/** Makes a server's schema one of a tool. It is never changed; its root is an object, as arguments always are. */
export function toToolSchema(inputSchema: unknown): ToolSchema {
  const given = isRecord(inputSchema) ? inputSchema : {};
  const schema = {
    ...given,
    type: 'object',
    properties: isRecord(given['properties']) ? given['properties'] : {},
  };
  return {
    '~standard': {
      version: 1,
      vendor: 'baton-mcp',
      validate: (value) => {
        const missing = missingArguments(schema, value);
        return missing.length === 0
          ? { value }
          : { issues: missing.map((name) => ({ message: `the argument "${name}" is missing` })) };
      },
      jsonSchema: { input: () => schema },
    },
  };
}

/** The arguments that a schema requires and a call does not have. */
export function missingArguments(inputSchema: unknown, args: unknown): readonly string[] {
  const required = isRecord(inputSchema) ? inputSchema['required'] : undefined;
  if (!Array.isArray(required)) return [];
  const given = isRecord(args) ? args : {};
  return required.filter((name): name is string => typeof name === 'string' && !Object.hasOwn(given, name));
}

/**
 * Whether a strict schema would say the same: strictness closes objects and rewrites references, so that a
 * free-form object would lose all it may hold, and a reference with constraints beside it some of them.
 */
export function survivesStrictness(inputSchema: unknown): boolean {
  if (!isRecord(inputSchema) || (inputSchema['type'] !== undefined && inputSchema['type'] !== 'object')) return false;
  const open: unknown[] = [inputSchema];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (Array.isArray(node)) {
      open.push(...(node as unknown[])); // what JSON has in a list
    } else if (isRecord(node)) {
      if (isFreeForm(node) || hasConstrainedReference(node)) return false;
      for (const [keyword, value] of Object.entries(node)) {
        if (DATA.has(keyword)) continue;
        // What stands under these is named by the schema's author, not by JSON Schema.
        open.push(NAMED.has(keyword) && isRecord(value) ? Object.values(value) : value);
      }
    }
  }
  return true;
}

const NAMED: ReadonlySet<string> = new Set(['properties', '$defs', 'definitions']);

const DATA: ReadonlySet<string> = new Set(['const', 'enum', 'default', 'examples']);

/** An object that may hold anything. */
function isFreeForm(node: Readonly<Record<string, unknown>>): boolean {
  const { type, properties, additionalProperties } = node;
  if (type !== 'object' && !(Array.isArray(type) && type.includes('object'))) return false;
  const named = isRecord(properties) && Object.keys(properties).length > 0;
  return !named && additionalProperties !== false;
}

function hasConstrainedReference(node: Readonly<Record<string, unknown>>): boolean {
  return typeof node['$ref'] === 'string' && Object.keys(node).some((keyword) => !BESIDE_REFERENCE.has(keyword));
}

const BESIDE_REFERENCE: ReadonlySet<string> = new Set([
  '$ref',
  '$schema',
  '$id',
  '$comment',
  '$defs',
  'definitions',
  'title',
  'description',
  'default',
  'examples',
  'deprecated',
]);

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
