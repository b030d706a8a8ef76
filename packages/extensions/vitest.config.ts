import project from '../../vitest.project.ts';

// Without `import`: Node is told of these conditions for `require`, too, and `pg` requires what it must not import.
export default {
  ...project,
  ssr: { resolve: { conditions: ['@baton/source', 'node', 'module', 'default'] } },
};
