import { type AgentInputItem, findUnpairedItems, isToolCallResult, Usage } from '@baton/core/model';
import {
  type ClientSource,
  clientSource,
  getDefaultModel,
  type JsonRecord,
  type OpenAIClientLike,
  type OpenAIClientOptions,
  recordsOf,
  requireClientAlone,
  toUsage,
} from '@baton/openai-shared';
import { providerMark } from '../provider-mark.js';
import { inputJson } from '../request/input-json.js';
import { fromWireInputItem } from '../response/from-wire-input-item.js';
import { type InOrder, inOrder } from './in-order.js';
import { restCall } from './rest-client.js';

/** What is compacted: the responses that the server keeps, or the items of the session. */
export type OpenAIResponsesCompactionMode = 'previous_response_id' | 'input' | 'auto';

/** What a decision to compact can be made from. */
export interface OpenAIResponsesCompactionDecisionContext {
  readonly responseId: string | undefined;
  readonly compactionMode: OpenAIResponsesCompactionMode;
  /** What compaction would shorten: all but messages of users, and earlier compactions. */
  readonly compactionCandidateItems: readonly AgentInputItem[];
  readonly sessionItems: readonly AgentInputItem[];
}

/** The part of a session that compaction needs; every `Session` has it. */
export interface CompactableSession {
  getSessionId(): Promise<string>;
  getItems(limit?: number): Promise<AgentInputItem[]>;
  addItems(items: AgentInputItem[]): Promise<unknown>;
  popItem(): Promise<AgentInputItem | undefined>;
  clearSession(): Promise<void>;
}

/** Options of {@link OpenAIResponsesCompactionSession}; the client's own are as everywhere. */
export interface OpenAIResponsesCompactionSessionOptions extends OpenAIClientOptions {
  /** Where the items are. Not a conversation of OpenAI's, which cannot be replaced. */
  readonly underlyingSession: CompactableSession;
  /** A client of the `openai` package, 6 or 7. Not together with the client's options. */
  readonly client?: OpenAIClientLike | undefined;
  /** The model that compacts. Default: `OPENAI_DEFAULT_MODEL`, else `gpt-5.6-luna`. */
  readonly model?: string | undefined;
  /** Default: `auto`, which sends the items unless `runCompaction` is told of a stored response. */
  readonly compactionMode?: OpenAIResponsesCompactionMode | undefined;
  /** Whether to compact now. Default: from ten candidates on. */
  readonly shouldTriggerCompaction?:
    | ((context: OpenAIResponsesCompactionDecisionContext) => boolean | Promise<boolean>)
    | undefined;
  /** Told when compaction failed after items had been added: they are stored, and the history is as it was. */
  readonly onCompactionError?: ((error: unknown) => void) | undefined;
}

/** What {@link OpenAIResponsesCompactionSession.runCompaction} is told. */
export interface OpenAIResponsesCompactionArgs {
  /** The last response; with it `auto` compacts what the server keeps. */
  readonly responseId?: string | undefined;
  /** `false` where that response was not stored: then the items are sent [SES-30]. */
  readonly store?: boolean | undefined;
  readonly compactionMode?: OpenAIResponsesCompactionMode | undefined;
  /** Compact without asking `shouldTriggerCompaction`. Default: false. */
  readonly force?: boolean | undefined;
}

/**
 * Keeps a session short: once its history has grown, all but what users said is replaced by one item that the
 * Responses API makes of it. Use it around the store of long conversations.
 *
 * It compacts after items were added, but not while a call waits for its output or an output for its answer.
 *
 * @example
 * ```ts
 * import { MemorySession } from '@baton/core';
 * import { OpenAIResponsesCompactionSession } from '@baton/openai-responses';
 *
 * export const session = new OpenAIResponsesCompactionSession({ underlyingSession: new MemorySession() });
 * ```
 */
export class OpenAIResponsesCompactionSession {
  /** What compacting cost so far [SES-27]. */
  readonly usage: Usage = new Usage();
  readonly #options: OpenAIResponsesCompactionSessionOptions;
  readonly #client: ClientSource;
  readonly #inOrder: InOrder = inOrder();

  /** @throws UserError where a client comes together with options that only a new one could follow. */
  constructor(options: OpenAIResponsesCompactionSessionOptions) {
    const { client } = options;
    if (client !== undefined) {
      requireClientAlone('OpenAIResponsesCompactionSession', 'client', options);
    }
    this.#options = options;
    this.#client = clientSource(client ?? options);
  }

  getSessionId(): Promise<string> {
    return this.#options.underlyingSession.getSessionId();
  }

  getItems(limit?: number): Promise<AgentInputItem[]> {
    return this.#inOrder(() => this.#options.underlyingSession.getItems(limit));
  }

  /**
   * Adds items, and compacts where it is time to; a failure of that goes to `onCompactionError`.
   *
   * @returns What compacting cost, which a run adds to its own usage [SES-27].
   */
  async addItems(items: AgentInputItem[]): Promise<{ readonly usage?: Usage | undefined }> {
    const given = [...items];
    return this.#inOrder(async () => {
      await this.#options.underlyingSession.addItems(given);
      if (given.length === 0) return {};
      try {
        return { usage: await this.#compact({}) };
      } catch (error) {
        this.#options.onCompactionError?.(error);
        return {};
      }
    });
  }

  popItem(): Promise<AgentInputItem | undefined> {
    return this.#inOrder(() => this.#options.underlyingSession.popItem());
  }

  clearSession(): Promise<void> {
    return this.#inOrder(() => this.#options.underlyingSession.clearSession());
  }

  /**
   * Compacts now, if it is time to. The history is replaced as a whole or stays as it was [SES-23].
   *
   * @returns What it cost; `undefined` where nothing was done.
   * @throws ModelRequestError where the call fails; whatever the underlying session throws.
   */
  runCompaction(args: OpenAIResponsesCompactionArgs = {}): Promise<Usage | undefined> {
    return this.#inOrder(() => this.#compact(args));
  }

  async #compact(args: OpenAIResponsesCompactionArgs): Promise<Usage | undefined> {
    const { underlyingSession: session, model = getDefaultModel() } = this.#options;
    const before = await session.getItems(EVERYTHING);
    if (isUnfinished(before)) return undefined; // [SES-22]
    const source = this.#sourceOf(args);
    if (args.force !== true && !(await this.#isDue(before, source))) return undefined;
    const body: JsonRecord =
      source.responseId === undefined
        ? { model, input: wireInput(before, model, args.store) }
        : { model, previous_response_id: source.responseId };
    const answer = await restCall(this.#client, {
      method: 'post',
      path: '/responses/compact',
      body,
    });
    const usage = toUsage(answer['usage'], 'responses.compact');
    this.usage.add(usage);
    // Another process may have added to the history; it is compacted next time.
    if (!isSame(await session.getItems(EVERYTHING), before)) return usage;
    await replaceHistory(session, before, compactedItems(answer, model));
    return usage;
  }

  #sourceOf(args: OpenAIResponsesCompactionArgs): CompactionSource {
    const mode = args.compactionMode ?? this.#options.compactionMode ?? 'auto';
    const stored = mode === 'previous_response_id' || (mode === 'auto' && args.store !== false);
    return { mode, responseId: stored ? args.responseId : undefined };
  }

  async #isDue(
    sessionItems: readonly AgentInputItem[],
    { mode, responseId }: CompactionSource,
  ): Promise<boolean> {
    const compactionCandidateItems = sessionItems.filter(
      (item) => item.type !== 'compaction' && !('role' in item && item.role === 'user'),
    );
    const { shouldTriggerCompaction } = this.#options;
    if (shouldTriggerCompaction === undefined) return compactionCandidateItems.length >= THRESHOLD;
    const context = { responseId, compactionMode: mode, compactionCandidateItems, sessionItems };
    return shouldTriggerCompaction(context);
  }
}

/** What one compaction starts from: a stored response, or the items. */
interface CompactionSource {
  readonly mode: OpenAIResponsesCompactionMode;
  readonly responseId: string | undefined;
}

/** Whether a call waits for its output, or an output for what the model makes of it. */
function isUnfinished(items: readonly AgentInputItem[]): boolean {
  const last = items.at(-1);
  return last === undefined || isToolCallResult(last) || findUnpairedItems(items).calls.length > 0;
}

function wireInput(
  items: readonly AgentInputItem[],
  model: string,
  store: boolean | undefined,
): unknown {
  const memory = { items: new Map(), tools: new Map(), formats: new Map() };
  return JSON.parse(inputJson(items, { memory, model, store }));
}

/** Messages of the model lose their ids where their reasoning is gone [SES-24]. */
function compactedItems(answer: JsonRecord, model: string): AgentInputItem[] {
  const mark = providerMark(model);
  let thought = false;
  return recordsOf(answer, 'output').map((wire) => {
    const item = fromWireInputItem(wire, mark);
    const follows = thought;
    thought = item.type === 'reasoning';
    if (!('role' in item) || follows) return item;
    const { id: _id, ...rest } = item;
    return rest;
  });
}

/** All of the new history, or all of the old one. */
async function replaceHistory(
  session: CompactableSession,
  before: AgentInputItem[],
  after: AgentInputItem[],
): Promise<void> {
  try {
    await session.clearSession();
    await session.addItems(after);
  } catch (error) {
    if (!isSame(await session.getItems(EVERYTHING), before)) {
      await session.clearSession();
      await session.addItems(before);
    }
    throw error;
  }
}

function isSame(a: readonly AgentInputItem[], b: readonly AgentInputItem[]): boolean {
  return a.length === b.length && JSON.stringify(a) === JSON.stringify(b);
}

/** Stands over a limit that a store may have by default. */
const EVERYTHING = Number.MAX_SAFE_INTEGER;
const THRESHOLD = 10;
