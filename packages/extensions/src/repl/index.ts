/** Talk to an agent in the terminal: `@baton/extensions/repl`. */
export { runDemoLoop } from './run-demo-loop.js';
export type { DemoLoopArguments, DemoLoopOptions } from './run-demo-loop.js';
export type { InputStream } from './terminal/line-reader.js';
export type { OutputStream } from './terminal/screen.js';
