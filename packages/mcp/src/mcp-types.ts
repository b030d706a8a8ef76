// What goes over the wire, as far as Baton reads it; other fields are kept. Source: the Model Context Protocol,
// revisions 2025-11-25 and 2026-07-28.

/** Fields that a later revision or a server adds. */
interface Open {
  readonly [field: string]: unknown;
}

/** A tool as its server describes it. */
export interface MCPTool extends Open {
  readonly name: string;
  readonly title?: string | undefined;
  readonly description?: string | undefined;
  /** JSON Schema of the arguments. */
  readonly inputSchema: Readonly<Record<string, unknown>>;
  /** JSON Schema of the structured content. */
  readonly outputSchema?: Readonly<Record<string, unknown>> | undefined;
  readonly annotations?: MCPToolAnnotations | undefined;
  readonly _meta?: Readonly<Record<string, unknown>> | undefined;
}

/** What a server says of its tool; only as true as the server. */
export interface MCPToolAnnotations extends Open {
  readonly title?: string | undefined;
  readonly readOnlyHint?: boolean | undefined;
  readonly destructiveHint?: boolean | undefined;
  readonly idempotentHint?: boolean | undefined;
  readonly openWorldHint?: boolean | undefined;
}

/** One piece of what a tool gave. */
export interface MCPContent extends Open {
  readonly type: string;
}

/** The pieces of what a tool gave. */
export type CallToolResultContent = readonly MCPContent[];

/** What a tool gave. */
export interface CallToolResult extends Open {
  readonly content: CallToolResultContent;
  readonly structuredContent?: unknown;
  /** The tool failed; the content says how. */
  readonly isError?: boolean | undefined;
  readonly _meta?: Readonly<Record<string, unknown>> | undefined;
}

/** How far a tool is. */
export interface MCPProgress {
  readonly progress: number;
  readonly total?: number | undefined;
  readonly message?: string | undefined;
}

/** Which page of a list. */
export interface MCPListResourcesParams extends Open {
  readonly cursor?: string | undefined;
}

/** Something a server has to read. */
export interface MCPResource extends Open {
  readonly uri: string;
  readonly name?: string | undefined;
  readonly title?: string | undefined;
  readonly description?: string | undefined;
  readonly mimeType?: string | undefined;
  /** In bytes. */
  readonly size?: number | undefined;
}

/** A kind of resource, by the pattern of its URIs. */
export interface MCPResourceTemplate extends Open {
  readonly uriTemplate: string;
  readonly name?: string | undefined;
  readonly title?: string | undefined;
  readonly description?: string | undefined;
  readonly mimeType?: string | undefined;
}

/** A resource that is text. */
export interface MCPTextResourceContent extends Open {
  readonly uri: string;
  readonly mimeType?: string | undefined;
  readonly text: string;
}

/** A resource that is data, in base64. */
export interface MCPBlobResourceContent extends Open {
  readonly uri: string;
  readonly mimeType?: string | undefined;
  readonly blob: string;
}

/** What is in a resource. */
export type MCPResourceContent = MCPTextResourceContent | MCPBlobResourceContent;

/** A page of resources. */
export interface MCPListResourcesResult extends Open {
  readonly resources: readonly MCPResource[];
  readonly nextCursor?: string | undefined;
}

/** A page of resource templates. */
export interface MCPListResourceTemplatesResult extends Open {
  readonly resourceTemplates: readonly MCPResourceTemplate[];
  readonly nextCursor?: string | undefined;
}

/** What reading a resource gave. */
export interface MCPReadResourceResult extends Open {
  readonly contents: readonly MCPResourceContent[];
}

/** A prompt that a server has. */
export interface MCPPrompt extends Open {
  readonly name: string;
  readonly title?: string | undefined;
  readonly description?: string | undefined;
  readonly arguments?: readonly {
    readonly name: string;
    readonly description?: string | undefined;
    readonly required?: boolean | undefined;
  }[] | undefined;
}

/** A page of prompts. */
export interface MCPListPromptsResult extends Open {
  readonly prompts: readonly MCPPrompt[];
  readonly nextCursor?: string | undefined;
}

/** A prompt, filled in. */
export interface MCPGetPromptResult extends Open {
  readonly description?: string | undefined;
  readonly messages: readonly {
    readonly role: 'user' | 'assistant';
    readonly content: MCPContent;
  }[];
}
