import { mergeConfig } from 'vitest/config';
import project from '../../vitest.project.ts';

// Most tests here run the whole demo, which takes its time on a busy machine.
export default mergeConfig(project, { test: { testTimeout: 30_000 } });
