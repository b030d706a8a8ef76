/** Colours by what they mean here; without colour each returns its text as it is. */
export interface Paint {
  readonly bold: Style;
  readonly dim: Style;
  readonly agent: Style;
  readonly model: Style;
  readonly tool: Style;
  readonly guardrail: Style;
  readonly error: Style;
}

export type Style = (text: string) => string;

export function createPaint(enabled: boolean): Paint {
  // Of the 16 colours of the terminal's own theme, so that they fit light and dark ones.
  const style =
    (open: number, close: number): Style =>
    (text) =>
      enabled && text !== '' ? `\u001b[${open}m${text}\u001b[${close}m` : text;
  return {
    bold: style(1, 22),
    dim: style(2, 22),
    agent: style(33, 39),
    model: style(34, 39),
    tool: style(36, 39),
    guardrail: style(35, 39),
    error: style(31, 39),
  };
}
