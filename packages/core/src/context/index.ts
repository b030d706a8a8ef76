export { Approvals } from './approvals.js';
export type { ApprovalDecision, ApprovalsData } from './approvals.js';
export { RunContext } from './run-context.js';
