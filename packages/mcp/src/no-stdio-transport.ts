import { UserError } from '@baton/core';
import type { StdioTransportOptions } from './stdio-transport.js';

/** Stands for `StdioTransport` where no processes can be started: in browsers and workers. */
export class StdioTransport {
  readonly pid: undefined;
  readonly lastWords: string = '';

  constructor({ command }: StdioTransportOptions) {
    throw new UserError(
      `"${command}" cannot be started: there are no processes here. Reach the server over HTTP with MCPServerStreamableHttp.`,
    );
  }
}
