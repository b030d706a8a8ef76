import type { InputGuardrailResult, OutputGuardrailResult } from '../agent/index.js';
import type { ApprovalsData } from '../context/index.js';
import { messageOf, UserError } from '../error/index.js';
import { isRecord } from '../internal/json.js';
import type { AgentInputItem } from '../item/index.js';
import type { UsageData } from '../model/index.js';
import type { ToolInputGuardrailResult, ToolOutputGuardrailResult } from '../tool/index.js';
import type { TraceReference } from '../trace/index.js';
import type { ResponseRecord } from './response-record.js';
import type { EarlyResult, RunPhase, ServerConversation } from './run-data.js';
import type { RunRecord } from './run-record.js';
import type { EntryOrigin, TranscriptEntry } from './transcript.js';

/** The version of the stored form; other versions are refused. */
export const RUN_STATE_VERSION = '1';

/** What goes into a stored state beside the run itself. */
export interface RunStateJsonOptions {
  /** Store the user's context object; it must be plain data. Default `false`. */
  readonly includeContext?: boolean;
}

/** A run state as plain data. */
export interface RunStateJson {
  readonly schemaVersion: typeof RUN_STATE_VERSION;
  readonly runId: string;
  readonly startingAgent: string;
  readonly agent: string;
  readonly agentStarted: boolean;
  readonly inputChecked: boolean;
  readonly turn: number;
  readonly maxTurns: number | null;
  readonly phase: RunPhase;
  /** What the run was given, where it does not stand in the transcript yet. */
  readonly givenInput?: readonly AgentInputItem[] | undefined;
  readonly savedUpTo: number;
  /** Where a write to the session that had not ended would have come to. */
  readonly savingUpTo?: number | undefined;
  readonly server?: ServerConversation | undefined;
  /** Items of the view; a number stands for the transcript entry at that position. */
  readonly view?: { readonly upTo: number; readonly items: readonly (number | AgentInputItem)[] } | undefined;
  readonly transcript: readonly Omit<TranscriptEntry, 'seq'>[];
  readonly responses: readonly ResponseRecord[];
  readonly usage: UsageData;
  readonly approvals: ApprovalsData;
  readonly agentsWithUsedTools: readonly string[];
  /** Transcript positions of calls whose tool may run only once and has been started. */
  readonly startedCalls: readonly number[];
  /** Outputs that wait for those of earlier calls; `seq` is the place of their call. */
  readonly earlyResults?: readonly (EarlyResult & { readonly seq: number })[] | undefined;
  /** Input that waits for the next model call. */
  readonly pendingInput?: readonly AgentInputItem[] | undefined;
  /** The trace that the run is part of, without any key. */
  readonly trace?: TraceReference | undefined;
  /** Runs inside open tool calls, by transcript position of the call. */
  readonly nested?: Readonly<Record<string, RunStateJson>> | undefined;
  readonly inputGuardrailResults: readonly InputGuardrailResult[];
  readonly outputGuardrailResults: readonly OutputGuardrailResult[];
  readonly toolInputGuardrailResults: readonly ToolInputGuardrailResult[];
  readonly toolOutputGuardrailResults: readonly ToolOutputGuardrailResult[];
  readonly context?: unknown;
}

/** The state as plain data, in one pass over it. */
export function runStateToJson(
  state: RunRecord & Pick<RunStateJson, 'trace'>,
  options: RunStateJsonOptions,
): RunStateJson {
  return {
    schemaVersion: RUN_STATE_VERSION,
    runId: state.runId,
    startingAgent: state.startingAgent.name,
    agent: state.agentKey,
    agentStarted: state.agentStarted,
    inputChecked: state.inputChecked,
    turn: state.turn,
    maxTurns: state.maxTurns,
    phase: state.phase,
    ...(state.givenInput !== undefined && { givenInput: state.givenInput }),
    savedUpTo: state.savedUpTo,
    ...(state.savingUpTo !== undefined && { savingUpTo: state.savingUpTo }),
    ...(state.server !== undefined && { server: state.server }),
    ...(state.view !== undefined && { view: viewToJson(state) }),
    transcript: state.transcript.map(({ seq: _seq, ...entry }) => entry),
    responses: [...state.responses],
    usage: state.context.usage.toJSON(),
    approvals: state.approvals.toJSON(),
    agentsWithUsedTools: [...state.agentsWithUsedTools],
    startedCalls: [...state.startedCalls],
    ...(state.earlyResults.size > 0 && {
      earlyResults: [...state.earlyResults].map(([seq, result]) => ({ seq, ...result })),
    }),
    ...(state.pendingInput.length > 0 && { pendingInput: [...state.pendingInput] }),
    ...(state.trace !== undefined && { trace: state.trace }),
    inputGuardrailResults: [...state.inputGuardrailResults],
    outputGuardrailResults: [...state.outputGuardrailResults],
    toolInputGuardrailResults: [...state.toolInputGuardrailResults],
    toolOutputGuardrailResults: [...state.toolOutputGuardrailResults],
    ...(options.includeContext === true && { context: state.context.context }),
  };
}

/**
 * Reads a stored state.
 *
 * @throws UserError where the text is no state, is damaged, or of another version.
 */
export function readRunStateJson(text: string): RunStateJson {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (error) {
    throw new UserError(
      `The stored run state is not JSON: ${messageOf(error)}. Pass what state.toString() gave.`,
    );
  }
  if (!isRecord(data) || !('schemaVersion' in data)) {
    throw new UserError(
      'The stored run state has no schemaVersion. Pass what state.toString() gave.',
    );
  }
  if (data['schemaVersion'] !== RUN_STATE_VERSION) {
    throw new UserError(
      `The stored run state has version ${JSON.stringify(data['schemaVersion'])}, this Baton reads version "${RUN_STATE_VERSION}". ` +
        'Resume it with the Baton that stored it.',
    );
  }
  checkState(data);
  return data as unknown as RunStateJson; // every field was checked above, items by their writer
}

function checkState(data: Readonly<Record<string, unknown>>): void {
  for (const [field, check] of Object.entries(FIELDS)) {
    if (!check(data[field], data)) throw damaged(field);
  }
  for (const nested of Object.values(isRecord(data['nested']) ? data['nested'] : {})) {
    if (!isRecord(nested)) throw damaged('nested');
    checkState(nested);
  }
}

function damaged(field: string): UserError {
  return new UserError(
    `The stored run state is damaged: its field "${field}" is missing or of the wrong type. Pass what state.toString() gave.`,
  );
}

type Check = (value: unknown, data: Readonly<Record<string, unknown>>) => boolean;

const isString: Check = (value) => typeof value === 'string';
const isBoolean: Check = (value) => typeof value === 'boolean';
const isCount: Check = (value) => Number.isInteger(value) && Number(value) >= 0;
const isList = (check: Check): Check => (value, data) =>
  Array.isArray(value) && value.every((each) => check(each, data));
const isOptional = (check: Check): Check => (value, data) => value === undefined || check(value, data);

/** A position in the transcript, or the one after its last entry. */
const isPosition: Check = (value, { transcript }) =>
  isCount(value, {}) && Array.isArray(transcript) && Number(value) <= transcript.length;

const isEntry: Check = (entry, data) =>
  isRecord(entry) &&
  isRecord(entry['item']) &&
  isCount(entry['turn'], {}) &&
  typeof entry['agent'] === 'string' &&
  isOptional(isPosition)(entry['call'], data) &&
  ORIGINS.has(entry['origin']);

const ORIGINS: ReadonlySet<unknown> = new Set<EntryOrigin>([
  'session',
  'input',
  'model',
  'tool',
  'handoff',
  'injected',
]);

const PHASES: ReadonlySet<unknown> = new Set<RunPhase['type']>([
  'model',
  'actions',
  'interruption',
  'final_output',
]);

const FIELDS: Readonly<Record<string, Check>> = {
  runId: isString,
  startingAgent: isString,
  agent: isString,
  agentStarted: isBoolean,
  inputChecked: isBoolean,
  turn: isCount,
  maxTurns: (value) => value === null || (typeof value === 'number' && value >= 0),
  phase: (value) => isRecord(value) && PHASES.has(value['type']),
  transcript: isList(isEntry),
  savedUpTo: isPosition,
  savingUpTo: isOptional(isPosition),
  server: isOptional(
    (value, data) =>
      isRecord(value) &&
      isBoolean(value['auto'], data) &&
      isPosition(value['sentUpTo'], data) &&
      isOptional(isList(isPosition))(value['leftOut'], data) &&
      isOptional(isList(isPosition))(value['leavingOut'], data),
  ),
  view: isOptional(
    (value, data) =>
      isRecord(value) &&
      isPosition(value['upTo'], data) &&
      isList((item) => isRecord(item) || isPosition(item, data))(value['items'], data),
  ),
  responses: isList(
    (response, data) =>
      isRecord(response) &&
      isRecord(response['usage']) &&
      isCount(response['turn'], data) &&
      isPosition(response['from'], data) &&
      isPosition(response['to'], data),
  ),
  usage: (value, data) =>
    isRecord(value) &&
    isCount(value['requests'], data) &&
    isCount(value['inputTokens'], data) &&
    isCount(value['outputTokens'], data),
  approvals: (value) => isRecord(value) && isRecord(value['calls']) && isRecord(value['tools']),
  agentsWithUsedTools: isList(isString),
  startedCalls: isList(isPosition),
  earlyResults: isOptional(
    isList((result, data) => isRecord(result) && isPosition(result['seq'], data) && isRecord(result['item'])),
  ),
  givenInput: isOptional(isList(isRecord)),
  pendingInput: isOptional(isList(isRecord)),
  trace: isOptional(
    (value, data) =>
      isRecord(value) &&
      isString(value['traceId'], data) &&
      isString(value['workflowName'], data) &&
      isOptional(isString)(value['groupId'], data) &&
      isOptional(isString)(value['keyFingerprint'], data),
  ),
  nested: isOptional(isRecord),
  inputGuardrailResults: isList(isRecord),
  outputGuardrailResults: isList(isRecord),
  toolInputGuardrailResults: isList(isRecord),
  toolOutputGuardrailResults: isList(isRecord),
};

function viewToJson(state: RunRecord): RunStateJson['view'] {
  const { view } = state;
  if (view === undefined) return undefined;
  const positions = new Map<AgentInputItem, number>();
  for (const entry of state.transcript) positions.set(entry.item, entry.seq);
  return { upTo: view.upTo, items: view.items.map((item) => positions.get(item) ?? item) };
}
