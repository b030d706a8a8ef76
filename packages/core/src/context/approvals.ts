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
  // Maps, as models and apps choose the names: "__proto__" and "constructor" are names like any other.
  // Most runs decide nothing, so there are none before the first decision.
  #calls: Map<string, ApprovalDecision> | undefined;
  #tools: Map<string, ApprovalDecision> | undefined;
  readonly #outer: Approvals | undefined;

  /** @param outer Decisions of the run this one is nested in: what holds for a tool holds for both. */
  constructor(data?: ApprovalsData, outer?: Approvals) {
    if (data !== undefined) {
      this.#calls = new Map(Object.entries(data.calls));
      this.#tools = new Map(Object.entries(data.tools));
    }
    this.#outer = outer;
  }

  decide(callKey: string, decision: ApprovalDecision): void {
    this.#calls ??= new Map();
    this.#calls.set(callKey, decision);
  }

  decideAlways(toolName: string, decision: ApprovalDecision): void {
    if (this.#outer !== undefined) {
      this.#outer.decideAlways(toolName, decision);
      return;
    }
    this.#tools ??= new Map();
    this.#tools.set(toolName, decision);
  }

  decisionOn(callKey: string, toolName: string): ApprovalDecision | undefined {
    return this.#calls?.get(callKey) ?? this.decisionOnTool(toolName);
  }

  /** What was decided for every call of a tool. */
  decisionOnTool(toolName: string): ApprovalDecision | undefined {
    return this.#tools?.get(toolName) ?? this.#outer?.decisionOnTool(toolName);
  }

  toJSON(): ApprovalsData {
    return { calls: Object.fromEntries(this.#calls ?? []), tools: Object.fromEntries(this.#tools ?? []) };
  }
}
