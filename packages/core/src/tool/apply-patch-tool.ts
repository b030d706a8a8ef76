import type { RunContext } from '../context/index.js';
import { UserError } from '../error/index.js';
import { isRecord } from '../internal/json.js';
import type { ApplyPatchOperation } from '../item/index.js';
import type { ExecutableTool } from './executable-tool.js';
import { createLocalTool } from './local-tool.js';
import type { LocalToolCall, LocalToolOptions, ReadResult } from './local-tool.js';
import type { LocalToolOutput } from './tool-result.js';

/** What became of a change; nothing said means it was made. */
export interface ApplyPatchResult {
  /** Default `completed`. */
  readonly status?: 'completed' | 'failed';
  /** What the model reads of it. */
  readonly output?: string;
}

/** What an editor is told beside the change. */
export interface EditorInvocationContext {
  readonly runContext: RunContext;
  /** Aborts when the run is cancelled or the tool's time is up. */
  readonly signal: AbortSignal;
}

type Operation<TType extends ApplyPatchOperation['type']> = Extract<ApplyPatchOperation, { type: TType }>;
type Edited = ApplyPatchResult | void | Promise<ApplyPatchResult | void>;

/**
 * Changes files as a model asks for it: implement it with a file system, a repository or a store. `applyDiff()`
 * makes the new text of a file. The model reads what a method throws.
 */
export interface Editor {
  /** Makes a file; `applyDiff('', diff, 'create')` is its text. */
  createFile(operation: Operation<'create_file'>, context: EditorInvocationContext): Edited;
  /** Changes a file, and moves it where the operation says `moveTo` [JS-109]. */
  updateFile(operation: Operation<'update_file'>, context: EditorInvocationContext): Edited;
  deleteFile(operation: Operation<'delete_file'>, context: EditorInvocationContext): Edited;
}

/** What `applyPatchTool()` takes. */
export interface ApplyPatchToolOptions<TContext = unknown>
  extends LocalToolOptions<TContext, ApplyPatchOperation> {
  readonly editor: Editor;
}

/** An editor that the model may use: made by `applyPatchTool()`. */
export interface ApplyPatchTool<TContext = unknown> extends ExecutableTool<TContext> {
  readonly type: 'apply_patch';
  readonly answers: 'apply_patch_call';
}

/**
 * Lets the model change files by diffs. The editor decides which paths it may reach.
 *
 * @throws UserError where there is no editor.
 *
 * @example
 * ```ts
 * import { Agent, applyDiff, applyPatchTool, type Editor } from '@baton/core';
 *
 * const files = new Map<string, string>();
 * const editor: Editor = {
 *   createFile: ({ path, diff }) => void files.set(path, applyDiff('', diff, 'create')),
 *   updateFile: ({ path, diff }) => void files.set(path, applyDiff(files.get(path) ?? '', diff)),
 *   deleteFile: ({ path }) => void files.delete(path),
 * };
 * export const coder = new Agent({ name: 'Coder', tools: [applyPatchTool({ editor })] });
 * ```
 */
export function applyPatchTool<TContext = unknown>(
  options: ApplyPatchToolOptions<TContext>,
): ApplyPatchTool<TContext> {
  const { editor, ...rest } = options;
  if (!isRecord(editor)) {
    throw new UserError('applyPatchTool() has no editor. Pass { editor } with createFile, updateFile and deleteFile.');
  }
  const tool = createLocalTool<TContext, ApplyPatchOperation, 'apply_patch_call'>(
    {
      answers: 'apply_patch_call',
      name: 'apply_patch',
      read: readOperation,
      run: async (call) => toPatchOutput(await edit(editor, call)),
      failed: (_error, text) => ({ type: 'apply_patch_call_output', status: 'failed', output: text }),
    },
    rest,
  );
  return { type: 'apply_patch', ...tool };
}

function edit<TContext>(
  editor: Editor,
  { runContext, input, details }: LocalToolCall<TContext, ApplyPatchOperation>,
): Edited {
  const context = { runContext, signal: details.signal };
  switch (input.type) {
    case 'create_file':
      return editor.createFile(input, context);
    case 'update_file':
      return editor.updateFile(input, context);
    case 'delete_file':
      return editor.deleteFile(input, context);
    default:
      return input satisfies never;
  }
}

function toPatchOutput(result: ApplyPatchResult | void): LocalToolOutput {
  const { status = 'completed', output } = result ?? {};
  return { type: 'apply_patch_call_output', status, ...(output !== undefined && { output }) };
}

function readOperation(input: unknown): ReadResult<ApplyPatchOperation> {
  const { type, path, diff, moveTo } = isRecord(input) ? input : {};
  if (typeof path !== 'string' || path === '') return { ok: false, problem: 'expected a path' };
  if (type === 'delete_file') return { ok: true, value: { type, path } };
  if (type !== 'create_file' && type !== 'update_file') {
    return { ok: false, problem: `expected create_file, update_file or delete_file, got ${JSON.stringify(type)}` };
  }
  if (typeof diff !== 'string') return { ok: false, problem: 'expected a diff' };
  const moved = type === 'update_file' && typeof moveTo === 'string';
  return { ok: true, value: { type, path, diff, ...(moved && { moveTo }) } };
}
