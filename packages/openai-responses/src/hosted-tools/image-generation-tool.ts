import { hostedTool, type OpenAIHostedTool } from './hosted-tool.js';

/** Options of {@link imageGenerationTool}; what is left out is left to the provider. */
export interface ImageGenerationToolOptions {
  /** Make a picture or change one. Default `auto`: the model chooses. */
  readonly action?: 'generate' | 'edit' | 'auto';
  readonly background?: 'transparent' | 'opaque' | 'auto';
  /** How closely a changed picture keeps to the one it was. */
  readonly inputFidelity?: 'high' | 'low' | null;
  /** Where a picture may be changed: a data URL or an uploaded file. */
  readonly inputImageMask?: { readonly image_url?: string; readonly file_id?: string };
  /** The model that makes the picture, e.g. `gpt-image-2`. */
  readonly model?: string;
  readonly moderation?: 'auto' | 'low';
  /** 0 to 100, for `webp` and `jpeg`. */
  readonly outputCompression?: number;
  readonly outputFormat?: 'png' | 'webp' | 'jpeg';
  /** How many pictures in the making are streamed, 0 to 3; they come as raw events. */
  readonly partialImages?: number;
  readonly quality?: 'low' | 'medium' | 'high' | 'auto';
  /** In pixels, e.g. `1024x1536`, or `auto`. */
  readonly size?: '1024x1024' | '1024x1536' | '1536x1024' | 'auto' | (string & {});
}

/**
 * Lets the model make pictures: the `output` of its call is one, in base64.
 *
 * @example
 * ```ts
 * import { Agent, imageGenerationTool } from '@baton/agents';
 *
 * export const painter = new Agent({
 *   name: 'Painter',
 *   tools: [imageGenerationTool({ quality: 'low', outputFormat: 'webp' })],
 * });
 * ```
 */
export function imageGenerationTool(options: ImageGenerationToolOptions = {}): OpenAIHostedTool {
  return hostedTool('image_generation', {
    type: 'image_generation',
    action: options.action,
    background: options.background,
    input_fidelity: options.inputFidelity,
    input_image_mask: options.inputImageMask,
    model: options.model,
    moderation: options.moderation,
    output_compression: options.outputCompression,
    output_format: options.outputFormat,
    partial_images: options.partialImages,
    quality: options.quality,
    size: options.size,
  });
}
