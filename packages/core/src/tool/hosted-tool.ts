import type { ToolApprovalHandler } from './executable-tool.js';

/** A tool that the provider runs by itself; provider packages make them. */
export interface HostedTool<TContext = unknown> {
  readonly type: 'hosted_tool';
  readonly name: string;
  /** Always offered; function tools can be switched off. */
  readonly isEnabled?: boolean;
  /** The label of the server whose requests for approval `onApproval` decides on. */
  readonly serverLabel?: string;
  /** Decides at once where the tool asks for approval; without it the run waits for a human. */
  readonly onApproval?: ToolApprovalHandler<TContext>;
  /** What goes to the wire; the provider package that made the tool reads it. */
  readonly providerData?: Readonly<Record<string, unknown>>;
}
