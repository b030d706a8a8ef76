/** For programs that a person talks to in a terminal; `./text-width` is the part that runs anywhere. */
export { openLines } from './line-reader.js';
export type { InputStream, LineReader, LineReaderOptions, NextOptions } from './line-reader.js';
export { createScreen } from './screen.js';
export type { Glyphs, OutputStream, Paint, Screen, ScreenOptions, Style } from './screen.js';
export { TextFlow, writeWrapped } from './text-flow.js';
export type { TextFlowOptions } from './text-flow.js';
export { textWidth, truncate } from './text-width.js';
