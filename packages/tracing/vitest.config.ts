import project from '../../vitest.project.ts';

// Conditions here are Node's as well: `module` and `import` would give CommonJS packages files that only bundlers read.
const conditions = ['@baton/source', 'node'];

export default { ...project, ssr: { resolve: { conditions } } };
