/** An environment variable, trimmed; `undefined` where it is empty or where there is no environment. */
export function readEnv(name: string): string | undefined {
  // No types of Node here: the package runs in browsers too.
  const { process } = globalThis as { readonly process?: { readonly env?: Readonly<Record<string, string | undefined>> } };
  try {
    return process?.env?.[name]?.trim() || undefined;
  } catch {
    return undefined; // Deno without the permission
  }
}
