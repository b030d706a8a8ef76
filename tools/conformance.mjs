// Writes docs/conformance.md: every row of the specification with the test that shows it.
// `--check` fails where a row has neither a test nor a reason, a title names an unknown row, or the file is old.

import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import ts from 'typescript';
import { sections } from '../docs/conformance/rows.mjs';

const root = new URL('..', import.meta.url).pathname;
const target = join(root, 'docs/conformance.md');
const rows = sections.flatMap((section) => section.rows);
const families = new Set(rows.map((row) => row.id.split('-')[0]));
const known = groupById(rows);
const problems = [];
/** Most tests to name per row. */
const MOST = 3;

for (const row of rows) row.tests = [];
for (const test of findTests()) {
  for (const id of test.ids) assign(test, id);
}
for (const [id, same] of known) {
  if (same.length > 1 && !same.some((row) => row.match)) problems.push(`${id} is listed twice.`);
}
for (const row of rows) {
  if (row.open) problems.push(`${row.id} is open: ${row.open}`);
  else if (row.tests.length === 0 && !row.why) problems.push(`${row.id} has neither a test nor a reason: ${row.what}`);
}

const page = render();
const [flag] = process.argv.slice(2);
if (flag === '--check') {
  if (readFileSync(target, 'utf8') !== page) {
    problems.push('docs/conformance.md is not what the tests say. Run: node tools/conformance.mjs');
  }
  for (const problem of problems) console.error(problem);
  if (problems.length > 0) process.exitCode = 1;
} else {
  writeFileSync(target, page);
  for (const problem of problems) console.log(problem);
}
const shown = rows.filter((row) => row.tests.length > 0).length;
console.log(`${rows.length} rows: ${shown} shown by tests, ${problems.length} problems`);

/** A row of one source may have the id of another's; then its `match` claims titles, the other gets the rest. */
function assign(test, id) {
  const same = known.get(id);
  if (same === undefined) {
    problems.push(`${test.file} names ${id}, which no row has: ${test.title}`);
    return;
  }
  const claimed = same.filter((row) => row.match?.test(test.title));
  const takers = claimed.length > 0 ? claimed : same.filter((row) => same.length === 1 || !row.match);
  for (const row of takers) if (!row.tests.includes(test)) row.tests.push(test);
}

/** Every title with row ids, below the titles around it. */
function findTests() {
  const tests = [];
  for (const name of readdirSync(join(root, 'packages'), { withFileTypes: true })) {
    const folder = join(root, 'packages', name.name, 'test');
    for (const file of testFiles(folder)) {
      const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
      visit(source, [], (title) => {
        const ids = idsIn(title.at(-1));
        if (ids.length > 0) tests.push({ file: relative(root, file), title: title.join(' › '), ids });
      });
    }
  }
  return tests;
}

/** Titles are the first text of a call (it, describe, scenario, …), or texts in the table of an `each`. */
function visit(node, outer, found) {
  let inner = outer;
  if (ts.isCallExpression(node)) {
    if (/\.(skip|todo|fails)\b/.test(node.expression.getText())) return;
    const [first] = node.arguments;
    if (first && ts.isStringLiteralLike(first)) {
      inner = [...outer, first.text];
      found(inner);
    } else if (node.expression.getText().endsWith('.each')) {
      for (const text of textsIn(first)) found([...outer, text]);
    }
  }
  ts.forEachChild(node, (child) => visit(child, inner, found));
}

function textsIn(node) {
  const texts = [];
  const walk = (each) => {
    if (ts.isStringLiteralLike(each)) texts.push(each.text);
    else if (ts.isArrayLiteralExpression(each) || ts.isObjectLiteralExpression(each) || ts.isPropertyAssignment(each) || ts.isAsExpression(each)) {
      ts.forEachChild(each, walk);
    }
  };
  if (node) walk(node);
  return texts;
}

/** `[A-1]`, `[A-1, B-2]`, `[A-1][B-2]`, `[A-1 … A-6]`: the ids of the families that rows are of. */
function idsIn(title) {
  const ids = [];
  for (const [, list] of title.matchAll(/\[([A-Z]{1,3}-?\d[^\]]*)\]/g)) {
    for (const part of list.split(',')) {
      const [from, to] = part.split('…').map((each) => /^(?:([A-Z]+\d?)-(\d+)|[BDPR]\d+)$/.exec(each.trim()));
      if (!from) continue;
      const last = to ? Number(to[2]) : Number(from[2]);
      if (!to) ids.push(from[0]);
      else for (let n = Number(from[2]); n <= last; n++) ids.push(`${from[1]}-${n}`);
    }
  }
  return ids.filter((id) => families.has(id.split('-')[0]));
}

function testFiles(folder) {
  try {
    return readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((each) => each.endsWith('.test.ts'))
      .sort()
      .map((each) => join(folder, each));
  } catch {
    return []; // a package without tests
  }
}

function groupById(list) {
  const groups = new Map();
  for (const row of list) groups.set(row.id, [...(groups.get(row.id) ?? []), row]);
  return groups;
}

function render() {
  const lines = [
    '# Conformance',
    '',
    'Every row of the specification that core answers for, what Baton does, and the test that shows it. Written by',
    '`node tools/conformance.mjs` from the titles of the tests; CI fails where a row has neither a test nor a reason.',
    'The rows are in `docs/conformance/`.',
  ];
  for (const { title, source, rows: own } of sections) {
    lines.push('', `## ${title}`, '', `Source: ${source}.`, '', '| Row | What Baton does | Shown by |', '| --- | --- | --- |');
    for (const row of own) lines.push(`| ${row.id} | ${cell(row.what)} | ${cell(evidence(row))} |`);
  }
  return `${lines.join('\n')}\n`;
}

function evidence(row) {
  if (row.tests.length === 0) return row.open ? `**open**: ${row.open}` : (row.why ?? '**nothing yet**');
  const shownTests = row.tests.slice(0, MOST).map(({ file, title }) => {
    const short = file.replace(/^packages\//, '').replace('/test/', '/').replace(/\.test\.ts$/, '');
    return `[${short}](../${file}) › ${title.replace(/\s*\[[A-Z][^\]]*\]/g, '')}`;
  });
  if (row.tests.length > MOST) shownTests.push(`and ${row.tests.length - MOST} more`);
  return shownTests.join('<br>');
}

function cell(text) {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}
