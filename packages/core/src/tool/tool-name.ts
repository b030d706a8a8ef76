/** A name as models take it for a function: letters, digits, `_` and `-`, at most 64 of them. */
export function toFunctionName(name: string): string {
  return name.trim().replaceAll(/[^a-zA-Z0-9_-]/g, '_').slice(0, 64);
}
