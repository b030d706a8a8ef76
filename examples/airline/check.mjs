// `pnpm examples`: the built demo changes a seat with the offline model, and a second run knows it.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const data = mkdtempSync(join(tmpdir(), 'airline-check-'));

function ask(question) {
  return execFileSync(process.execPath, ['dist/index.js', '--offline', question], {
    cwd: import.meta.dirname,
    encoding: 'utf8',
    env: { ...process.env, AIRLINE_DATA: data },
  });
}

try {
  ask('Move me to seat 14C, my confirmation number is LL0EG6');
  const { bookings } = JSON.parse(readFileSync(join(data, 'bookings.json'), 'utf8'));
  const booking = bookings.find(({ confirmationNumber }) => confirmationNumber === 'LL0EG6');
  assert.equal(booking.seat, '14C');
  assert.match(ask('What is my seat? LL0EG6'), /seat 14C/);
  console.log('The demo changes a seat, and a second run knows it.');
} finally {
  rmSync(data, { recursive: true });
}
