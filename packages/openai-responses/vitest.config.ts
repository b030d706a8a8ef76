import { mergeConfig } from 'vitest/config';
import project from '../../vitest.project.ts';

const hasSocket = 'WebSocket' in globalThis;

/** With the platform's own WebSocket also on Node 20, where a flag brings it. */
export default mergeConfig(project, {
  test: { execArgv: hasSocket ? [] : ['--experimental-websocket'] },
});
