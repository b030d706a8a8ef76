import base from '../../tsup.base.ts';

// The airline is an example as this is one: its agents come as source.
export default { ...base, platform: 'node', noExternal: ['@baton/example-airline'] };
