/** What a row of a card shows. */
export type IconKind = 'function' | 'hosted' | 'local' | 'mcp' | 'agent' | 'guardrail';

/** The drawing of each kind, as a path in a square of 14. */
export const ICONS: Readonly<Record<IconKind, string>> = {
  // parentheses around a dot: a function
  function: 'M4.6 2.2Q2.6 7 4.6 11.8M9.4 2.2Q11.4 7 9.4 11.8M7 6.9V7.1',
  // a cloud
  hosted: 'M4 11.2H10.2A2.5 2.5 0 0 0 10.7 6.3A3.8 3.8 0 0 0 3.5 5.9A2.7 2.7 0 0 0 4 11.2Z',
  // a prompt
  local: 'M2.6 3.6L6 7L2.6 10.4M7.4 10.6H11.6',
  // a plug
  mcp: 'M4.9 1.6V4.6M9.1 1.6V4.6M3 4.6H11V6.6A4 4 0 0 1 3 6.6ZM7 10.6V12.6',
  // a head and shoulders
  agent: 'M7 6.6A2.4 2.4 0 1 0 7 1.8A2.4 2.4 0 0 0 7 6.6ZM2.4 12.2A4.6 3.6 0 0 1 11.6 12.2',
  // a shield
  guardrail: 'M7 1.6L11.8 3.2V6.8C11.8 9.6 9.8 11.6 7 12.6C4.2 11.6 2.2 9.6 2.2 6.8V3.2Z',
};
