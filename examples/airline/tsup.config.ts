import base from '../../tsup.base.ts';

export default { ...base, platform: 'node', noExternal: ['@baton/terminal'] };
