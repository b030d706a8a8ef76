import { UserError } from '@baton/core';
import { describe, expect, it } from 'vitest';
import { connectMcpServers, MCPServerError, MCPServers } from '../src/index.js';
import { FakeServer } from './support/fake-server.js';

const never = (): Promise<void> => new Promise(() => undefined);

function failing(name: string, error: Error = new Error(`${name} is down`)): FakeServer {
  const server = new FakeServer(name);
  server.onConnect = () => Promise.reject(error);
  return server;
}

describe('several servers', () => {
  it('are connected at once, and those that could be are active [MCP-14] [MCP-15]', async () => {
    let waiting = 0;
    let most = 0;
    const slow = (name: string): FakeServer => {
      const server = new FakeServer(name);
      server.onConnect = async () => {
        most = Math.max(most, ++waiting);
        await new Promise((resolve) => setTimeout(resolve, 5));
        waiting--;
      };
      return server;
    };
    const [a, b] = [slow('a'), slow('b')];
    const down = failing('c');
    const servers = await connectMcpServers([a, down, b]);
    expect(most).toBe(2);
    expect(servers.active).toEqual([a, b]);
    expect(servers.failed).toEqual([down]);
    expect(servers.errors.get(down)?.message).toBe('c is down');
    most = 0;
    await connectMcpServers([slow('a'), slow('b')], { connectInParallel: false });
    expect(most).toBe(1);
  });

  it('stay in the list where failed ones are not to be dropped', async () => {
    const all = [new FakeServer('a'), failing('b')];
    expect((await connectMcpServers(all, { dropFailed: false })).active).toEqual(all);
  });

  it('fail as a whole where they are to, and nothing stays open [MCP-15]', async () => {
    const good = new FakeServer('a');
    await expect(connectMcpServers([good, failing('b')], { strict: true })).rejects.toThrow('b is down');
    expect(good.closes).toBe(1);
  });

  it('do not fail for an abort, unless they are to', async () => {
    const abort = new DOMException('stopped', 'AbortError');
    const servers = await connectMcpServers([failing('a', abort)], { strict: true });
    expect(servers.failed).toHaveLength(1);
    await expect(connectMcpServers([failing('a', abort)], { strict: true, suppressAbortError: false })).rejects.toThrow('stopped');
  });

  it('have a time to connect in; one that is still at it is closed [MCP-15]', async () => {
    const slow = new FakeServer('slow');
    slow.onConnect = never;
    const servers = await connectMcpServers([slow, new FakeServer('a')], { connectTimeoutMs: 10 });
    expect(servers.active.map(({ name }) => name)).toEqual(['a']);
    expect(servers.errors.get(slow)).toBeInstanceOf(MCPServerError);
    expect(slow.closes).toBe(1);
  });

  it('are closed each, whatever the others do; what went wrong is told at the end [MCP-15]', async () => {
    const [stuck, broken, good] = [new FakeServer('stuck'), new FakeServer('broken'), new FakeServer('good')];
    const servers = await connectMcpServers([stuck, broken, good], { closeTimeoutMs: 10 });
    stuck.onClose = never;
    broken.onClose = () => Promise.reject(new Error('cannot'));
    const error = await servers.close().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(AggregateError);
    expect(good.closes).toBe(1);
    expect(servers.active).toEqual([]);
  });

  it('that failed are closed before they are connected again [MCP-15] [JS-124]', async () => {
    const order: string[] = [];
    const server = failing('a');
    const servers = await connectMcpServers([server]);
    server.onClose = async () => void order.push('close');
    server.onConnect = async () => void order.push('connect');
    expect(await servers.reconnect()).toEqual([server]);
    expect(order).toEqual(['close', 'connect']);
    expect(servers.errors.size).toBe(0);
    await servers.reconnect();
    expect(order).toHaveLength(2);
    await servers.reconnect({ failedOnly: false });
    expect(order).toEqual(['close', 'connect', 'close', 'connect']);
  });

  it('do one thing after the other [MCP-15] [JS-124]', async () => {
    const order: string[] = [];
    const server = new FakeServer('a');
    const step = (what: string) => async (): Promise<void> => {
      order.push(`${what} begins`);
      await new Promise((resolve) => setTimeout(resolve, 5));
      order.push(`${what} ends`);
    };
    server.onConnect = step('connect');
    server.onClose = step('close');
    const servers = await connectMcpServers([server]);
    await Promise.all([servers.reconnect({ failedOnly: false }), servers.close(), servers.reconnect({ failedOnly: false })]);
    expect(order.filter((_, i) => i % 2 === 0).map((each) => each.split(' ')[0])).toEqual(order.filter((_, i) => i % 2 === 1).map((each) => each.split(' ')[0]));
    expect(order.at(-1)).toBe('connect ends');
  });

  it('show lists that are the caller\'s own [MCP-15]', async () => {
    const server = new FakeServer('a');
    const servers = await connectMcpServers([server, failing('b')]);
    servers.active.pop();
    servers.all.pop();
    servers.failed.pop();
    // A map that is only read, by type.
    (servers.errors as Map<unknown, unknown>).clear();
    expect([servers.active.length, servers.all.length, servers.failed.length, servers.errors.size]).toEqual([1, 2, 1, 1]);
  });

  it('come from anything that can be gone through, each counted once [MCP-22]', async () => {
    const server = new FakeServer('a');
    const servers = await MCPServers.open(new Set([server, server]).values());
    expect(servers.all).toEqual([server]);
    expect((await connectMcpServers([server, server])).all).toEqual([server]);
  });

  it('are closed at the end of an await using block [MCP-14]', async () => {
    const server = new FakeServer('a');
    {
      await using servers = await connectMcpServers([server]);
      expect(servers.active).toEqual([server]);
      expect(server.closes).toBe(0);
    }
    expect(server.closes).toBe(1);
  });

  it.each([{ connectTimeoutMs: -1 }, { closeTimeoutMs: Number.NaN }])('refuse times that are none: %j [MCP-21]', async (options) => {
    await expect(connectMcpServers([], options)).rejects.toThrow(UserError);
  });

  it.each([{ connectTimeoutMs: null }, { connectTimeoutMs: 0 }])('may have no time limit: %j [MCP-21]', async (options) => {
    expect((await connectMcpServers([new FakeServer('a')], options)).active).toHaveLength(1);
  });
});
