import type { RunState, RunToolApprovalItem } from '../../src/index.js';
import type { World } from './world.js';

/** What a human says of the calls that wait. */
export function decide(state: RunState, world: World): void {
  const before = new Set(world.decided);
  for (const interruption of state.getInterruptions()) {
    const key = `${state.runId}/${interruption.callKey}`;
    const tool = `${state.runId} ${interruption.name}`;
    if (before.has(key) || before.has(tool)) world.broken(`call ${key} is asked about once more`);
    const decision = world.nextDecision();
    world.seen(`decision: ${decision}`);
    if (decision !== 'wait') world.decided.add(key);
    if (decision.endsWith('always')) world.decided.add(tool);
    if (decision.startsWith('approve') || decision === 'edit') world.approved.add(key);
    if (decision === 'approve_always') world.approved.add(interruption.name);
    switch (decision) {
      case 'approve':
        state.approve(interruption);
        break;
      case 'approve_always':
        state.approve(interruption, { alwaysApprove: true });
        break;
      case 'edit': {
        state.approve(interruption, { arguments: editOf(interruption) });
        break;
      }
      case 'reject':
        state.reject(interruption);
        break;
      case 'reject_with_message':
        state.reject(interruption, { message: 'Better not.' });
        break;
      case 'reject_always':
        state.reject(interruption, { alwaysReject: true });
        break;
      case 'wait':
        break;
      default:
        decision satisfies never;
    }
  }
}

function editOf({ name, rawItem }: RunToolApprovalItem): unknown {
  if (name.startsWith('helper')) return { input: 'Help them' };
  const input = { does: 'text', latency: 1, deaf: false };
  if (rawItem.type !== 'shell_call') return input;
  return { commands: [rawItem.action.commands[0], JSON.stringify(input)] };
}
