import type { InputGuardrailResult, OutputGuardrailResult } from '../agent/index.js';
import type { ApprovalsData } from '../context/index.js';
import { messageOf, UserError } from '../error/index.js';
import { isRecord } from '../internal/json.js';
import type { AgentInputItem } from '../item/index.js';
import type { UsageData } from '../model/index.js';
import type { ToolInputGuardrailResult, ToolOutputGuardrailResult } from '../tool/index.js';
import type { ResponseRecord } from './response-record.js';
import type { RunPhase, ServerConversation } from './run-data.js';
import type { RunRecord } from './run-record.js';
import type { TranscriptEntry } from './transcript.js';

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
  readonly savedUpTo: number;
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
  /** Input that waits for the next model call. */
  readonly pendingInput?: readonly AgentInputItem[] | undefined;
  /** Runs inside open tool calls, by transcript position of the call. */
  readonly nested?: Readonly<Record<string, RunStateJson>> | undefined;
  readonly inputGuardrailResults: readonly InputGuardrailResult[];
  readonly outputGuardrailResults: readonly OutputGuardrailResult[];
  readonly toolInputGuardrailResults: readonly ToolInputGuardrailResult[];
  readonly toolOutputGuardrailResults: readonly ToolOutputGuardrailResult[];
  readonly context?: unknown;
}

/** The state as plain data, in one pass over it. */
export function runStateToJson(state: RunRecord, options: RunStateJsonOptions): RunStateJson {
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
    savedUpTo: state.savedUpTo,
    ...(state.server !== undefined && { server: state.server }),
    ...(state.view !== undefined && { view: viewToJson(state) }),
    transcript: state.transcript.map(({ seq: _seq, ...entry }) => entry),
    responses: [...state.responses],
    usage: state.context.usage.toJSON(),
    approvals: state.approvals.toJSON(),
    agentsWithUsedTools: [...state.agentsWithUsedTools],
    startedCalls: [...state.startedCalls],
    ...(state.pendingInput.length > 0 && { pendingInput: [...state.pendingInput] }),
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
  for (const [field, check] of Object.entries(FIELDS)) {
    if (!check(data[field])) {
      throw new UserError(
        `The stored run state is damaged: its field "${field}" is missing or of the wrong type. Pass what state.toString() gave.`,
      );
    }
  }
  return data as unknown as RunStateJson; // every field was checked above, items by their writer
}

const isString = (value: unknown): boolean => typeof value === 'string';
const isNumber = (value: unknown): boolean => typeof value === 'number';
const isBoolean = (value: unknown): boolean => typeof value === 'boolean';
const isList = (value: unknown): boolean => Array.isArray(value);

const FIELDS: Readonly<Record<string, (value: unknown) => boolean>> = {
  runId: isString,
  startingAgent: isString,
  agent: isString,
  agentStarted: isBoolean,
  inputChecked: isBoolean,
  turn: isNumber,
  maxTurns: (value) => value === null || typeof value === 'number',
  phase: (value) => isRecord(value) && typeof value['type'] === 'string',
  savedUpTo: isNumber,
  transcript: (value) => Array.isArray(value) && value.every((entry) => isRecord(entry) && isRecord(entry['item'])),
  responses: (value) => Array.isArray(value) && value.every((entry) => isRecord(entry) && isRecord(entry['usage'])),
  usage: isRecord,
  approvals: (value) => isRecord(value) && isRecord(value['calls']) && isRecord(value['tools']),
  agentsWithUsedTools: isList,
  startedCalls: isList,
  inputGuardrailResults: isList,
  outputGuardrailResults: isList,
  toolInputGuardrailResults: isList,
  toolOutputGuardrailResults: isList,
};

function viewToJson(state: RunRecord): RunStateJson['view'] {
  const { view } = state;
  if (view === undefined) return undefined;
  const positions = new Map<AgentInputItem, number>();
  for (const entry of state.transcript) positions.set(entry.item, entry.seq);
  return { upTo: view.upTo, items: view.items.map((item) => positions.get(item) ?? item) };
}
