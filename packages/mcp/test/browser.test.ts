import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { expect, it } from 'vitest';

/** What a bundler of an app for browsers and workers makes of it, and what it reads for that. */
async function bundle(contents: string): Promise<{ readonly atOnce: readonly string[]; readonly inputs: readonly string[] }> {
  const { metafile } = await build({
    stdin: { contents, resolveDir: fileURLToPath(new URL('../src', import.meta.url)) },
    bundle: true,
    platform: 'browser',
    format: 'esm',
    splitting: true,
    conditions: ['@baton/source'],
    metafile: true,
    write: false,
    outdir: 'out',
    logLevel: 'silent',
  });
  const entry = Object.values(metafile.outputs).find(({ entryPoint }) => entryPoint === '<stdin>');
  return { atOnce: Object.keys(entry?.inputs ?? {}), inputs: Object.keys(metafile.inputs) };
}

it('is bundled for browsers and workers without a process to start, and its client only on demand', async () => {
  const app = `
    import { MCPServerSSE, MCPServerStdio, MCPServerStreamableHttp } from './index.js';
    console.log(MCPServerSSE, MCPServerStdio, MCPServerStreamableHttp);
  `;
  const { atOnce, inputs } = await bundle(app);
  expect(inputs.filter((file) => /cross-spawn|\/stdio-transport|process-group/.test(file))).toEqual([]);
  expect(inputs.some((file) => file.endsWith('no-stdio-transport.ts'))).toBe(true);
  expect(atOnce.filter((file) => /modelcontextprotocol/.test(file))).toEqual([]);
});

it('says where there are no processes how to reach a server instead', async () => {
  const { StdioTransport } = await import('../src/no-stdio-transport.js');
  const options = { command: 'npx', args: [], env: {}, showStderr: false };
  expect(() => new StdioTransport(options)).toThrow('"npx" cannot be started: there are no processes here');
});
