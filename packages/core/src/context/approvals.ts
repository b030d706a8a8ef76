/** What a human said of a tool call. */
export interface ApprovalDecision {
  readonly approved: boolean;
  /** Shown to the model instead of the default text when the call is rejected. */
  readonly message?: string;
  /** The arguments to run with instead of the model's, as JSON text. */
  readonly arguments?: string;
  /** The call as the human saw it; a decision holds for this call only. */
  readonly call?: { readonly name: string; readonly arguments: string };
}

/** Decisions as plain data. */
export interface ApprovalsData {
  /** By the key of a call within the run. */
  readonly calls: Readonly<Record<string, ApprovalDecision>>;
  /** By tool name, for every later call of the run. */
  readonly tools: Readonly<Record<string, ApprovalDecision>>;
}

/** The decisions of a run. A decision on a call wins over one on its tool [HIT-03]. */
export class Approvals {
  readonly #calls: Record<string, ApprovalDecision>;
  readonly #tools: Record<string, ApprovalDecision>;

  readonly #outer: Approvals | undefined;

  /** @param outer Decisions of the run this one is nested in: what holds for a tool holds for both. */
  constructor(data?: ApprovalsData, outer?: Approvals) {
    this.#calls = { ...data?.calls };
    this.#tools = { ...data?.tools };
    this.#outer = outer;
  }

  decide(callKey: string, decision: ApprovalDecision): void {
    this.#calls[callKey] = decision;
  }

  decideAlways(toolName: string, decision: ApprovalDecision): void {
    if (this.#outer === undefined) this.#tools[toolName] = decision;
    else this.#outer.decideAlways(toolName, decision);
  }

  decisionOn(callKey: string, toolName: string): ApprovalDecision | undefined {
    return this.#calls[callKey] ?? this.decisionOnTool(toolName);
  }

  /** What was decided for every call of a tool. */
  decisionOnTool(toolName: string): ApprovalDecision | undefined {
    return this.#tools[toolName] ?? this.#outer?.decisionOnTool(toolName);
  }

  toJSON(): ApprovalsData {
    return { calls: { ...this.#calls }, tools: { ...this.#tools } };
  }
}
