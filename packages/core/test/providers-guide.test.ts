import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const root = new URL('../../../', import.meta.url);
const guide = readFileSync(new URL('docs/providers.md', root), 'utf8');

/** Blocks of code that name their file in the first line. */
const quotes = [...guide.matchAll(/```ts\n\/\/ (packages\/\S+)\n([\s\S]*?)```/g)].map(
  ([, file = '', code = '']) => [file, code] as const,
);

it('the guide for providers quotes code', () => {
  expect(quotes.length).toBeGreaterThan(4);
});

it.each(quotes)('the guide for providers quotes %s as it is', (file, code) => {
  expect(readFileSync(new URL(file, root), 'utf8')).toContain(code);
});
