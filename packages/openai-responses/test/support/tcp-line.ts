import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/** A line to a server that counts connections and can be cut. */
export interface TcpLine {
  readonly url: string;
  readonly connections: () => number;
  /** Ends all connections, as a network that is gone does. */
  readonly cut: () => void;
}

/** A line in front of a server; closed when the test ends. */
export async function withTcpLine(target: string): Promise<TcpLine> {
  const { port, pathname } = new URL(target);
  const open = new Set<Socket>();
  let count = 0;
  const line = createServer((near) => {
    count += 1;
    const far = connect(Number(port), '127.0.0.1');
    for (const socket of [near, far]) {
      open.add(socket);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => {
        open.delete(socket);
        near.destroy();
        far.destroy();
      });
    }
    near.pipe(far).pipe(near);
  });
  const cut = (): void => {
    for (const socket of open) socket.destroy();
  };
  await new Promise<void>((resolve) => {
    line.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(() => {
    cut();
    line.close();
  });
  const { port: own } = line.address() as AddressInfo; // a server that listens on TCP has an AddressInfo
  return { url: `http://127.0.0.1:${own}${pathname}`, connections: () => count, cut };
}
