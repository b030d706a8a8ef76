import type { JsonSchema } from './json-schema.js';

/** A function tool as a model is told of it. */
export interface SerializedFunctionTool {
  readonly type: 'function';
  readonly name: string;
  readonly description: string;
  readonly parameters: JsonSchema;
  readonly strict: boolean;
  readonly deferLoading?: boolean;
  readonly namespace?: string;
  readonly namespaceDescription?: string;
  readonly providerData?: Readonly<Record<string, unknown>>;
}

/** A tool that the provider runs by itself; `providerData` is what goes to the wire. */
export interface SerializedHostedTool {
  readonly type: 'hosted_tool';
  readonly name: string;
  readonly providerData?: Readonly<Record<string, unknown>>;
}

/** A computer the model may use. */
export interface SerializedComputerTool {
  readonly type: 'computer';
  readonly name: string;
  readonly environment?: 'mac' | 'windows' | 'ubuntu' | 'browser';
  readonly dimensions?: readonly [width: number, height: number];
}

/** A shell the model may use. */
export interface SerializedShellTool {
  readonly type: 'shell';
  readonly name: string;
  readonly environment?: Readonly<Record<string, unknown>>;
}

/** A file editor the model may use through patches. */
export interface SerializedApplyPatchTool {
  readonly type: 'apply_patch';
  readonly name: string;
}

/** Any tool as a model is told of it. */
export type SerializedTool =
  | SerializedFunctionTool
  | SerializedHostedTool
  | SerializedComputerTool
  | SerializedShellTool
  | SerializedApplyPatchTool;

/** A handoff as a model is told of it: a function to call. */
export interface SerializedHandoff {
  readonly toolName: string;
  readonly toolDescription: string;
  readonly inputJsonSchema: JsonSchema;
  readonly strictJsonSchema: boolean;
}

/** A structured output type as a model is told of it. */
export interface JsonSchemaDefinition {
  readonly type: 'json_schema';
  readonly name: string;
  readonly strict: boolean;
  readonly schema: JsonSchema;
}

/** What the final answer has to look like: free text, or JSON of a schema. */
export type SerializedOutputType = 'text' | JsonSchemaDefinition;

/** A prompt template stored at the provider. */
export interface Prompt {
  readonly promptId: string;
  readonly version?: string;
  readonly variables?: Readonly<Record<string, unknown>>;
}
