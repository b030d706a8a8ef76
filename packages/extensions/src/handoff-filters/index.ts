/** Filters for what the next agent sees after a handoff: `@baton/extensions/handoff-filters`. */
export { chainHandoffFilters } from './chain-handoff-filters.js';
export { keepLastTurns } from './keep-last-turns.js';
export { removeAllTools } from './remove-all-tools.js';
