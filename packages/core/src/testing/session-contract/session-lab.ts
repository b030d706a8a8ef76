import type { AgentInputItem } from '../../item/index.js';
import type { Session } from '../../session/index.js';
import { expectSame } from '../contract/expect-same.js';
import { law, type Law } from '../contract/law.js';
import { within } from '../contract/waiting.js';
import type { SessionTestSetup } from './session-test-setup.js';

/** One promise of a session, before it is known which session. */
export interface SessionLaw {
  readonly name: string;
  readonly check: (lab: SessionLab) => Promise<void>;
}

/** The laws for one kind of session. */
export function sessionLawsFor(
  laws: readonly SessionLaw[],
  setup: SessionTestSetup,
): readonly Law[] {
  return laws.map(({ name, check }) =>
    law(name, async () => {
      const lab = new SessionLab(setup);
      try {
        await within(check(lab), lab.timeoutMs, 'the session answers');
      } finally {
        await lab.close();
      }
    }),
  );
}

/** Where one law is tried: makes sessions and closes them. */
export class SessionLab {
  readonly #setup: SessionTestSetup;
  readonly #sessions: Session[] = [];

  constructor(setup: SessionTestSetup) {
    this.#setup = setup;
  }

  get timeoutMs(): number {
    return this.#setup.timeoutMs ?? 4000;
  }

  /** A new session that begins with these items. */
  async create(items: readonly AgentInputItem[] = []): Promise<Session> {
    const session = await this.#setup.create();
    this.#sessions.push(session);
    if (items.length > 0) await session.addItems([...items]);
    return session;
  }

  /** The same conversation once more, or the session itself where there can be only one. */
  async reopen(session: Session): Promise<Session> {
    if (this.#setup.reopen === undefined) return session;
    const again = await this.#setup.reopen(session);
    this.#sessions.push(again);
    return again;
  }

  async close(): Promise<void> {
    for (const session of this.#sessions) await this.#setup.close?.(session);
  }

  /** Fails where the session holds anything else than these items, in this order. */
  async expectItems(session: Session, items: readonly AgentInputItem[]): Promise<void> {
    this.expectSameItems(await session.getItems(), items, 'getItems()');
  }

  expectSameItems(
    came: readonly AgentInputItem[],
    expected: readonly AgentInputItem[],
    what: string,
  ): void {
    const { view = (item) => item } = this.#setup;
    expectSame(came.map(view), expected.map(view), what);
  }
}

/** As many different items as asked for. */
export function someItems(count: number, word = 'item'): AgentInputItem[] {
  return Array.from({ length: count }, (_, index) => anItem(`${word} ${index + 1}`));
}

/** A question with this text. */
export function anItem(text: string): AgentInputItem {
  return { type: 'message', role: 'user', content: text };
}
