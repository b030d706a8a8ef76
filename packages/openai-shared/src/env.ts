/** An environment variable, trimmed; `undefined` where it is empty or where there is no environment. */
export function readEnv(name: string): string | undefined {
  // `process` is Node's, Deno's and Bun's; browsers and workers have none, which no global type says.
  const scope = globalThis as { process?: { env?: Readonly<Record<string, string | undefined>> } };
  const value = scope.process?.env?.[name]?.trim();
  return value === '' ? undefined : value;
}
