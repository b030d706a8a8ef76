import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { drawGraph } from '@baton/extensions/visualization';
import { gallery } from './gallery.js';
import type { Exhibit } from './gallery.js';

// Draws the pictures of docs/graphs and the page around them; `--check` only says whether they are up to date.
const folder = new URL('../../../docs/graphs/', import.meta.url);
const files = [
  ...gallery.map(({ file, agent }) => ({
    name: `${file}.svg`,
    text: drawGraph(agent, { format: 'svg' }),
  })),
  { name: 'README.md', text: page(gallery) },
];

if (process.argv.includes('--check')) {
  const old = files.filter(({ name, text }) => read(name) !== text).map(({ name }) => name);
  if (old.length > 0) {
    console.error(
      `docs/graphs is not up to date: ${old.join(', ')}. Run \`pnpm --filter @baton/example-graphs draw\`.`,
    );
    process.exitCode = 1;
  } else {
    console.log(`${gallery.length} graphs of docs/graphs are up to date.`);
  }
} else {
  mkdirSync(folder, { recursive: true });
  for (const { name, text } of files) writeFileSync(new URL(name, folder), text);
  console.log(`Drew ${files.map(({ name }) => name).join(', ')}.`);
}

function page(exhibits: readonly Exhibit[]): string {
  const parts = exhibits.map(({ file, agent, caption }) => {
    const picture = `<p align="center"><img src="${file}.svg" alt="The graph of the agent ${agent.name}"></p>`;
    const mermaid = `<details><summary>The same as Mermaid</summary>\n\n\`\`\`mermaid\n${drawGraph(agent)}\`\`\`\n\n</details>`;
    return `## ${agent.name}\n\n${caption}\n\n${picture}\n\n${mermaid}`;
  });
  return [
    '# Graphs of agents',
    '`drawGraph(agent, { format })` of `@baton/extensions/visualization` draws these pictures from the agents themselves: their ' +
      'guide is in [its README](../../packages/extensions/README.md#visualization), their agents are in `examples/graphs` and ' +
      '`examples/airline`. The page is written by `pnpm --filter @baton/example-graphs draw`, and `pnpm examples` says when it is old.',
    ...parts,
    '',
  ].join('\n\n');
}

function read(name: string): string | undefined {
  try {
    return readFileSync(new URL(name, folder), 'utf8');
  } catch {
    return undefined;
  }
}
