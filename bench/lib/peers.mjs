/** Imports a peer by name; another SDK is only loaded where it is measured. */
export function importPeer(name) {
  switch (name) {
    case 'baton':
      return import('../peers/baton.mjs');
    case 'loop':
      return import('../peers/loop.mjs');
    case 'ai-sdk':
      return import('../rivals/ai-sdk.mjs');
    case 'openai-agents':
      return import('../rivals/openai-agents.mjs');
    default:
      throw new Error(`There is no peer "${name}".`);
  }
}
