import { invalidRequest } from '../../http/api-error.js';
import { isObject } from '../../json.js';
import { cacheBreakpoint, longText, url, variant } from '../../shape/common-shapes.js';
import { missingParameter } from '../../shape/shape-errors.js';
import { at, both, object, oneOf, type Shape, string, tagged, textOr } from '../../shape/shape.js';

const breakpoint = { prompt_cache_breakpoint: cacheBreakpoint };

const text = variant({ text: longText }, breakpoint);
const refusal = variant({ refusal: string() });
const image = variant(
  { image_url: object({ url }, { detail: oneOf('auto', 'low', 'high') }) },
  breakpoint,
);
const audio = variant(
  { input_audio: object({ data: string(), format: oneOf('wav', 'mp3') }) },
  breakpoint,
);

const fileFields = object({}, { filename: string(), file_data: string(), file_id: string() });
const file = variant(
  {
    file: both(fileFields, (value, path) => {
      const known = isObject(value) && ('file_id' in value || 'file_data' in value);
      if (!known) throw missingParameter(at(path, 'file_id'));
    }),
  },
  breakpoint,
);

/** Text, or parts of these shapes; an empty list of parts says nothing and is refused. */
function content(parts: Shape): Shape {
  const some = textOr(parts, { min: 1 });
  return (value, path) => {
    if (value === null) {
      throw invalidRequest("Invalid value for 'content': expected a string, got null.", path);
    }
    some(value, path);
  };
}

export const textContent: Shape = content(tagged({ text }));
export const userContent: Shape = content(
  tagged({ text, image_url: image, input_audio: audio, file }),
);
export const assistantContent: Shape = content(tagged({ text, refusal }));
