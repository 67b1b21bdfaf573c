import { writeFileSync } from 'node:fs';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { forkCompute } from '../../src/main/fork-compute.ts';
import { temporaryFolder } from './window.ts';

/** Says what it hears on the socket that it is given. */
const receiver = `process.on('message', (message, socket) => {
  if (socket) socket.on('data', (bytes) => process.send({ said: bytes.toString() }));
});
process.send({ said: 'ready' });
`;

// A stopped process takes no socket: the moment in which both hold it lasts as long as it needs to.
test.skipIf(process.platform === 'win32')('what a page says while its socket is on the way arrives', async () => {
  const folder = temporaryFolder();
  const script = join(folder.path, 'receiver.mjs');
  writeFileSync(script, receiver);
  const said: string[] = [];
  let end: () => void = () => {};
  const ended = new Promise<void>((done) => (end = done));
  const child = forkCompute(script)((reply) => said.push((reply as unknown as { said: string }).said), end);
  await expect.poll(() => said).toEqual(['ready']);

  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const accepted = new Promise<Socket>((take) => server.once('connection', take));
  const page = connect((server.address() as AddressInfo).port, '127.0.0.1');
  page.write('first');
  const socket = await accepted;
  // As after the upgrade of an HTTP connection: it was read, and is still being read.
  expect(String(await new Promise((read) => socket.once('data', read)))).toBe('first');

  const { pid } = child;
  if (pid === undefined) throw new Error('the process did not start');
  process.kill(pid, 'SIGSTOP');
  child.send({ kind: 'shutdown' }, socket);
  await new Promise<void>((written) => page.write('second', () => written()));
  await wait(200);
  process.kill(pid, 'SIGCONT');
  await expect.poll(() => said).toEqual(['ready', 'second']);

  page.destroy();
  server.close();
  child.kill();
  await ended;
  folder.remove();
});
