/** Talk to an agent in the terminal: `@baton/extensions/repl`. */
export { runDemoLoop } from './run-demo-loop.js';
export type { DemoLoopArguments, DemoLoopOptions } from './run-demo-loop.js';
export type { InputStream, OutputStream } from '@baton/terminal';
