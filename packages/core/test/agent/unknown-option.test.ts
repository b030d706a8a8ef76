import { Agent, UserError } from '@baton/core';
import { describe, expect, it } from 'vitest';
import { unknownOption } from '../../src/internal/unknown-option.js';

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

describe('the name that was meant', () => {
  it('allows for a missing, an added and a changed letter, and for case', () => {
    const known = { maxTurns: true, stream: true, context: true } as const;
    const said = (name: string): string | undefined => unknownOption({ [name]: 1 }, known);
    expect(said('maxTurn')).toBe('unknown option "maxTurn". Did you mean "maxTurns"?');
    expect(said('MAXTURNS')).toContain('mean "maxTurns"');
    expect(said('strem')).toContain('mean "stream"');
    expect(said('konntext')).toContain('mean "context"');
    expect(said('xyz')).toBe('unknown option "xyz". Options are: maxTurns, stream, context.');
    expect(said('stream')).toBeUndefined();
  });
});
