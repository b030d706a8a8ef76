import type { Client, McpSubscription } from '@modelcontextprotocol/client';

/**
 * Hears of changes over the stream that servers of 2026-07-28 have for that. Where it breaks off, changes may have
 * been missed: what was kept is dropped, and the stream opened again before anything new is kept.
 */
export class ChangeListener {
  readonly #onMissed: () => void;
  /** The client whose stream broke off. */
  #lost: Client | undefined;

  constructor(onMissed: () => void) {
    this.#onMissed = onMissed;
  }

  /** Watches the stream that a client opened when it was connected, if it has one. */
  watch(client: Client): void {
    const { autoOpenedSubscription } = client;
    if (autoOpenedSubscription !== undefined) this.#follow(client, autoOpenedSubscription);
  }

  /** Opens the stream again where it broke off; a server that does not want to is asked again next time. */
  async renew(client: Client, timeoutMs: number): Promise<void> {
    if (this.#lost !== client) return;
    this.#lost = undefined;
    try {
      this.#follow(client, await client.listen({ toolsListChanged: true }, { timeout: timeoutMs }));
    } catch {
      this.#lost = client;
    }
  }

  /** Whether changes are heard, as far as the server tells of them. */
  hears(client: Client): boolean {
    return this.#lost !== client;
  }

  #follow(client: Client, { closed }: McpSubscription): void {
    void closed.then((reason) => {
      if (reason === 'local') return;
      this.#lost = client;
      this.#onMissed();
    });
  }
}
