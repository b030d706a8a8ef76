/** A tool that the provider runs by itself; provider packages make them. */
export interface HostedTool {
  readonly type: 'hosted_tool';
  readonly name: string;
  /** Always offered; function tools can be switched off. */
  readonly isEnabled?: boolean;
  /** What goes to the wire; the provider package that made the tool reads it. */
  readonly providerData?: Readonly<Record<string, unknown>>;
}
