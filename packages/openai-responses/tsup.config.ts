import base from '../../tsup.base.ts';

export default { ...base, noExternal: ['@baton/openai-shared'] };
