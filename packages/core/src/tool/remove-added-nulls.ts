import { isRecord } from '../internal/json.js';
import type { JsonSchema } from '../model/index.js';
import { acceptsNull } from './strict-json-schema.js';

/**
 * Takes out the nulls that a strict schema made the model write for optional properties, so that the
 * value fits the schema the user wrote. What the original itself lets be null stays.
 */
export function removeAddedNulls(value: unknown, schema: JsonSchema): unknown {
  return clean(value, schema, { root: schema, depth: 0 });
}

interface Walk {
  readonly root: JsonSchema;
  readonly depth: number;
}

function clean(value: unknown, schema: unknown, walk: Walk): unknown {
  const node = resolve(schema, walk.root);
  if (node === undefined || walk.depth > 64) return value;
  const inner = { root: walk.root, depth: walk.depth + 1 };
  const branches = ['anyOf', 'oneOf'].flatMap((keyword) => list(node[keyword]));
  if (Array.isArray(value)) {
    const items = node['items'] ?? itemsOfBranch(value, branches, walk.root);
    return items === undefined ? value : value.map((item: unknown) => clean(item, items, inner));
  }
  if (!isRecord(value)) return value;
  const branch = branches.find((each) => fits(value, each, walk.root));
  if (branch !== undefined) return clean(value, branch, inner);
  const parts = list(node['allOf']);
  const whole = parts.reduce((each: unknown, part) => clean(each, part, inner), value);
  return isRecord(whole) ? cleanProperties(whole, node, inner) : whole;
}

function cleanProperties(
  value: Readonly<Record<string, unknown>>,
  node: JsonSchema,
  walk: Walk,
): Record<string, unknown> {
  const properties = isRecord(node['properties']) ? node['properties'] : {};
  const required = list(node['required']);
  const output: Record<string, unknown> = {};
  for (const [key, each] of Object.entries(value)) {
    const property = Object.hasOwn(properties, key) ? properties[key] : undefined;
    const optional = !required.includes(key) || (isRecord(property) && 'default' in property);
    const added = each === null && property !== undefined && optional;
    if (added && !acceptsNull(resolve(property, walk.root))) continue;
    const cleaned = property === undefined ? each : clean(each, property, walk);
    // Assigning to "__proto__" would set the prototype instead.
    Object.defineProperty(output, key, { value: cleaned, enumerable: true, writable: true, configurable: true });
  }
  return output;
}

/** What the branch says of its items that a list is of: the first list whose objects fit, else the first list. */
function itemsOfBranch(value: readonly unknown[], branches: readonly unknown[], root: JsonSchema): unknown {
  const all = branches.flatMap((branch) => resolve(branch, root)?.['items'] ?? []);
  return all.find((items) => value.every((each) => !isRecord(each) || fits(each, items, root))) ?? all[0];
}

/** Whether an object can be of this branch: its fixed values match and nothing required is missing. */
function fits(value: Readonly<Record<string, unknown>>, branch: unknown, root: JsonSchema): boolean {
  const node = resolve(branch, root);
  if (node === undefined || (node['type'] !== 'object' && !isRecord(node['properties']))) return false;
  const properties = isRecord(node['properties']) ? node['properties'] : {};
  const fixed = Object.entries(properties).every(([key, property]) => {
    const schema = resolve(property, root);
    if (schema === undefined) return true;
    if ('const' in schema) return value[key] === schema['const'];
    return Array.isArray(schema['enum']) && key in value ? schema['enum'].includes(value[key]) || value[key] === null : true;
  });
  const known = Object.keys(value).every((key) => key in properties);
  return fixed && known && list(node['required']).every((key) => typeof key === 'string' && key in value);
}

function resolve(schema: unknown, root: JsonSchema): JsonSchema | undefined {
  let node = schema;
  for (let steps = 0; steps < 16; steps++) {
    if (!isRecord(node)) return undefined;
    const reference = node['$ref'];
    if (typeof reference !== 'string') return node;
    let target: unknown = root;
    for (const step of reference.slice(1).split('/').filter((each) => each !== '')) {
      target = isRecord(target) ? target[step.replaceAll('~1', '/').replaceAll('~0', '~')] : undefined;
    }
    node = target;
  }
  return undefined;
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
