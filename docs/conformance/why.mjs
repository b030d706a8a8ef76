// Why a row is not Baton's, or not core's, where several rows share a reason.

const another = (subject, home) => ({ why: `${subject}: a row of ${home}, not of core.` });

export const REALTIME = another('Realtime sessions', 'a later part of the project');
export const VOICE = another('Voice', 'a later part of the project');
export const AI_SDK = another('The AI SDK adapter', '`@baton/extensions`');
export const PYTHON = {
  why: 'Python only: signatures and docstrings. In TypeScript the schema says it, types and descriptions included.',
};
export const DECORATORS = { why: 'Python only: decorators. In TypeScript a guardrail is an object.' };
export const COMPILER = (what) => ({ why: `The compiler sees to it: ${what}.` });
export const why = (text) => ({ why: text });
