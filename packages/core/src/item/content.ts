/**
 * What a provider needs back with an item, plus whatever it sent that Baton does not know.
 * A model marks what it made with `provider`; such data is echoed only to that provider. Data without
 * the mark was written by the app and goes to whichever provider gets the item.
 */
export interface ProviderData {
  readonly provider?: string;
  readonly [key: string]: unknown;
}

interface Part {
  readonly providerData?: ProviderData;
}

/** Text given to a model. */
export interface InputText extends Part {
  readonly type: 'input_text';
  readonly text: string;
}

/** A picture given to a model: a URL or data URL, or the id of an uploaded file. */
export interface InputImage extends Part {
  readonly type: 'input_image';
  readonly image?: string | { readonly id: string };
  readonly detail?: 'auto' | 'low' | 'high' | (string & {});
}

/** A file given to a model: base64 or data URL, the id of an uploaded file, or a URL. */
export interface InputFile extends Part {
  readonly type: 'input_file';
  readonly file?: string | { readonly id: string } | { readonly url: string };
  readonly filename?: string;
}

/** Sound, given to a model or made by one: base64, or the id of stored audio. */
export interface AudioContent extends Part {
  readonly type: 'audio';
  readonly audio: string | { readonly id: string };
  readonly format?: string | null;
  readonly transcript?: string | null;
}

/** Text written by a model. */
export interface OutputText extends Part {
  readonly type: 'output_text';
  readonly text: string;
}

/** A model's refusal, in its own words. */
export interface Refusal extends Part {
  readonly type: 'refusal';
  readonly refusal: string;
}

/** A picture made by a model. */
export interface ImageContent extends Part {
  readonly type: 'image';
  readonly image: string;
}

/** One part of a user message. */
export type UserContent = InputText | InputImage | InputFile | AudioContent;

/** One part of an assistant message. */
export type AssistantContent = OutputText | Refusal | AudioContent | ImageContent;

/** One part of a tool output. */
export type ToolCallOutputContent = InputText | InputImage | InputFile | AudioContent;
