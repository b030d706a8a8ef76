import {
  anyObject,
  boolean,
  integer,
  list,
  nameOr,
  nullable,
  number,
  object,
  oneOf,
  record,
  type Shape,
  string,
  tagged,
  textOr,
} from '../../shape/shape.js';
import { longText, variant } from '../../shape/common-shapes.js';
import { localSkill } from './common.js';

/** Pattern and length as in schema `FunctionToolParam`. */
const toolName = string({ min: 1, max: 128, pattern: /^[a-zA-Z0-9_-]+$/ });
const callers = nullable(list(oneOf('direct', 'programmatic'), { min: 1 }));
const strings = list(string());

const parameters = nullable(anyObject);
const functionOptions = {
  description: nullable(string()),
  strict: nullable(boolean),
  output_schema: nullable(anyObject),
  defer_loading: boolean,
  allowed_callers: callers,
};
const functionTool = variant({ name: toolName, parameters }, functionOptions);
const functionInNamespace = variant({ name: toolName }, { ...functionOptions, parameters });

const customTool = variant(
  { name: toolName },
  {
    description: string(),
    format: tagged({
      text: variant({}),
      grammar: variant({ syntax: oneOf('lark', 'regex'), definition: string() }),
    }),
    defer_loading: boolean,
    allowed_callers: callers,
  },
);

const comparison = variant({ key: string(), value: anyFilterValue });
const comparisons = Object.fromEntries(
  ['eq', 'ne', 'gt', 'gte', 'lt', 'lte', 'in', 'nin'].map((type) => [type, comparison] as const),
);
const compound: Shape = (value, path) => variant({ filters: list(searchFilter) })(value, path);
const searchFilter: Shape = tagged({ ...comparisons, and: compound, or: compound });

const fileSearchTool = variant(
  { vector_store_ids: strings },
  {
    max_num_results: integer({ min: 1, max: 50 }),
    ranking_options: object(
      {},
      {
        ranker: oneOf('auto', 'default-2024-11-15'),
        score_threshold: number(),
        hybrid_search: object({ embedding_weight: number(), text_weight: number() }),
      },
    ),
    filters: nullable(searchFilter),
  },
);

const place = {
  country: nullable(string()),
  region: nullable(string()),
  city: nullable(string()),
  timezone: nullable(string()),
};
const contextSize = oneOf('low', 'medium', 'high');
const webSearchTool = variant(
  {},
  {
    external_web_access: boolean,
    filters: nullable(object({}, { allowed_domains: nullable(strings) })),
    user_location: nullable(object({}, { type: oneOf('approximate'), ...place })),
    search_context_size: contextSize,
  },
);
const webSearchPreviewTool = variant(
  {},
  {
    user_location: nullable(object({ type: oneOf('approximate') }, place)),
    search_context_size: contextSize,
    search_content_types: list(oneOf('text', 'image')),
  },
);

const mcpFilter = object({}, { tool_names: strings, read_only: boolean });
const mcpTool = variant(
  { server_label: string() },
  {
    server_url: string(),
    connector_id: string(),
    tunnel_id: string({ pattern: /^tunnel_[a-z0-9]{32}$/ }),
    authorization: string(),
    server_description: string(),
    headers: nullable(record(string())),
    allowed_tools: nullable((value, path) =>
      (Array.isArray(value) ? strings : mcpFilter)(value, path),
    ),
    allowed_callers: callers,
    require_approval: nullable(
      nameOr(object({}, { always: mcpFilter, never: mcpFilter }), oneOf('always', 'never')),
    ),
    defer_loading: boolean,
  },
);

const containerBasics = {
  file_ids: list(string(), { max: 50 }),
  memory_limit: nullable(oneOf('1g', '4g', '16g', '64g')),
  network_policy: tagged({
    disabled: variant({}),
    allowlist: variant(
      { allowed_domains: list(string(), { min: 1 }) },
      {
        domain_secrets: list(
          object({ domain: string({ min: 1 }), name: string({ min: 1 }), value: longText }),
          { min: 1 },
        ),
      },
    ),
  }),
};
const codeInterpreterTool = variant(
  { container: nameOr(tagged({ auto: variant({}, containerBasics) })) },
  { allowed_callers: callers },
);

const containerSkill = tagged({
  skill_reference: variant({ skill_id: string({ min: 1, max: 64 }) }, { version: string() }),
  inline: variant({
    name: string(),
    description: string(),
    source: tagged({
      base64: variant({ media_type: oneOf('application/zip'), data: string({ min: 1 }) }),
    }),
  }),
});
const shellTool = variant(
  {},
  {
    environment: nullable(
      tagged({
        container_auto: variant(
          {},
          { ...containerBasics, skills: list(containerSkill, { max: 200 }) },
        ),
        local: variant({}, { skills: list(localSkill, { max: 200 }) }),
        container_reference: variant({ container_id: string() }),
      }),
    ),
    allowed_callers: callers,
  },
);

const imageGenerationTool = variant(
  {},
  {
    model: string(),
    quality: oneOf('low', 'medium', 'high', 'auto'),
    size: string(),
    output_format: oneOf('png', 'webp', 'jpeg'),
    output_compression: integer({ min: 0, max: 100 }),
    moderation: oneOf('auto', 'low'),
    background: oneOf('transparent', 'opaque', 'auto'),
    input_fidelity: nullable(oneOf('high', 'low')),
    input_image_mask: object({}, { image_url: string(), file_id: string() }),
    partial_images: integer({ min: 0, max: 3 }),
    action: oneOf('generate', 'edit', 'auto'),
  },
);

/** A tool of a request (schema `Tool`). */
export const tool: Shape = tagged({
  function: functionTool,
  custom: customTool,
  file_search: fileSearchTool,
  web_search: webSearchTool,
  web_search_2025_08_26: webSearchTool,
  web_search_preview: webSearchPreviewTool,
  web_search_preview_2025_03_11: webSearchPreviewTool,
  computer: variant({}),
  computer_use_preview: variant({
    environment: oneOf('windows', 'mac', 'linux', 'ubuntu', 'browser'),
    display_width: integer(),
    display_height: integer(),
  }),
  mcp: mcpTool,
  code_interpreter: codeInterpreterTool,
  programmatic_tool_calling: variant({}),
  image_generation: imageGenerationTool,
  local_shell: variant({}),
  shell: shellTool,
  namespace: variant({
    name: string({ min: 1 }),
    description: string(),
    tools: list(tagged({ function: functionInNamespace, custom: customTool }), { min: 1 }),
  }),
  tool_search: variant(
    {},
    {
      execution: oneOf('server', 'client'),
      description: nullable(string()),
      parameters: nullable(anyObject),
    },
  ),
  apply_patch: variant({}, { allowed_callers: callers }),
});

/** The tools of a request. */
export const tools: Shape = list(tool);

function anyFilterValue(value: unknown, path: string): void {
  if (typeof value === 'number' || typeof value === 'boolean') return;
  textOr(() => {})(value, path);
}
