import { Agent, UserError } from '@baton/core';
import { describe, expect, it } from 'vitest';
import { closestName } from '../../src/internal/closest-name.js';

describe('an option that an agent does not know', () => {
  it('is refused with the name that was meant [RUN-47]', () => {
    const options = { name: 'A', instruction: 'Be brief' };
    expect(() => new Agent(options)).toThrow(UserError);
    expect(() => new Agent(options)).toThrow(
      'Agent "A" has an unknown option "instruction". Did you mean "instructions"?',
    );
  });

  it('is refused with all names where none is near', () => {
    const options = { name: 'A', sandbox: {} };
    expect(() => new Agent(options)).toThrow(/unknown option "sandbox"\. Options are: name, instructions/);
  });
});

describe('the closest name', () => {
  it('allows for a missing, an added and a changed letter, and for case', () => {
    const known = ['maxTurns', 'stream', 'context'];
    expect(closestName('maxTurn', known)).toBe('maxTurns');
    expect(closestName('MAXTURNS', known)).toBe('maxTurns');
    expect(closestName('strem', known)).toBe('stream');
    expect(closestName('konntext', known)).toBe('context');
    expect(closestName('xyz', known)).toBeUndefined();
  });
});
