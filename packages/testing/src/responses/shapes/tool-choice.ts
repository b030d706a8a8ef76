import {
  anyObject,
  list,
  nameOr,
  nullable,
  oneOf,
  type Shape,
  string,
  tagged,
} from '../../shape/shape.js';
import { variant } from '../../shape/common-shapes.js';

const hosted = variant({});

/** Which tool the model has to call (schema `ToolChoiceParam`). */
export const toolChoice: Shape = nameOr(
  tagged({
    allowed_tools: variant({ mode: oneOf('auto', 'required'), tools: list(anyObject) }),
    function: variant({ name: string() }),
    custom: variant({ name: string() }),
    mcp: variant({ server_label: string() }, { name: nullable(string()) }),
    file_search: hosted,
    web_search: hosted,
    web_search_preview: hosted,
    web_search_preview_2025_03_11: hosted,
    computer: hosted,
    computer_use: hosted,
    computer_use_preview: hosted,
    image_generation: hosted,
    code_interpreter: hosted,
    programmatic_tool_calling: hosted,
    apply_patch: hosted,
    shell: hosted,
  }),
  oneOf('none', 'auto', 'required'),
);
