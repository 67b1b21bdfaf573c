import { connect as connectSocket } from 'node:net';
import { existsSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Grant } from '#shared/control.ts';
import { listPageFiles } from '../../src/main/page-files.ts';
import { type TestWindow, openTestWindow, temporaryFolder } from './window.ts';

let window: TestWindow;
beforeAll(async () => {
  window = await openTestWindow({ uploadLimit: 100_000 });
});
afterAll(() => window.close());

const withToken = () => ({ 'X-Eigenscope-Token': window.token, Origin: window.origin });

async function cookie(): Promise<string> {
  const { headers } = await window.ask(`/?token=${window.token}`);
  return headers['set-cookie']?.[0]?.split(';')[0] ?? '';
}

describe('the token', () => {
  it('has 192 bits', () => {
    expect(Buffer.from(window.token, 'base64url')).toHaveLength(24);
  });

  it('opens the document', async () => {
    const answer = await window.ask(`/?token=${window.token}`);
    expect(answer.status).toBe(200);
    expect(answer.body).toContain('<title>page</title>');
    const set = answer.headers['set-cookie']?.[0] ?? '';
    expect(set).toContain(`eigenscope-${window.port}=`);
    expect(set).toContain('HttpOnly');
    expect(set).toContain('SameSite=Strict');
    expect(set).not.toContain(window.token);
  });

  it.each(['/', '/?token=', '/?token=wrong', '/index.html', '/assets/index-1a2b3c4d.js', '/no-such-file', '/files/x'])(
    'is needed for %s',
    async (path) => {
      const answer = await window.ask(path);
      expect(answer.status).toBe(403);
      expect(answer.body).toContain('token');
    },
  );

  it('is not accepted in the address of anything but the document', async () => {
    expect((await window.ask(`/assets/index-1a2b3c4d.js?token=${window.token}`)).status).toBe(403);
    expect((await window.ask(`/recent?token=${window.token}`)).status).toBe(403);
    const put = { method: 'PUT', headers: { Origin: window.origin }, body: 'x' };
    expect((await window.ask(`/files?name=a&token=${window.token}`, put)).status).toBe(403);
  });

  it('is followed by a cookie that serves reloads and files, and opens nothing else', async () => {
    const headers = { Cookie: await cookie() };
    expect((await window.ask('/', { headers })).status).toBe(200);
    expect((await window.ask('/assets/index-1a2b3c4d.js', { headers })).status).toBe(200);
    expect((await window.ask('/no-such-file', { headers })).status).toBe(404);
    expect((await window.ask('/recent', { headers })).status).toBe(403);
    expect((await window.ask('/status', { headers })).status).toBe(403);
    const put = { method: 'PUT', headers: { ...headers, Origin: window.origin }, body: 'x' };
    expect((await window.ask('/files?name=a.csv', put)).status).toBe(403);
  });
});

describe('the launch key', () => {
  it('opens the document once, and gives that page the token once', async () => {
    const address = window.launchAddress();
    expect(address).not.toContain(window.token);
    const first = await window.ask(address);
    expect(first.status).toBe(200);
    const Cookie = (first.headers['set-cookie'] ?? []).map((set) => set.split(';')[0]).join('; ');
    expect((await window.ask(address)).status).toBe(403);
    const post = (headers: Record<string, string>) => window.ask('/token', { method: 'POST', headers });
    expect((await post({ Origin: window.origin })).status).toBe(403);
    expect((await post({ Cookie })).status).toBe(403);
    const answer = await post({ Cookie, Origin: window.origin });
    expect(JSON.parse(answer.body)).toEqual({ token: window.token });
    expect((await post({ Cookie, Origin: window.origin })).status).toBe(403);
  });

  it('is worth nothing to the rest', async () => {
    const key = new URL(window.launchAddress(), window.origin).searchParams.get('launch') ?? '';
    expect((await window.ask('/recent', { headers: { 'X-Eigenscope-Token': key } })).status).toBe(403);
    expect((await window.ask(`/?token=${key}`)).status).toBe(403);
  });
});

describe('headers', () => {
  it('forbid everything from elsewhere', async () => {
    const { headers } = await window.ask(`/?token=${window.token}`);
    const policy = headers['content-security-policy'] ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self' 'wasm-unsafe-eval';");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).toContain(`ws://127.0.0.1:${window.port}`);
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['referrer-policy']).toBe('no-referrer');
    expect(headers['cross-origin-opener-policy']).toBe('same-origin');
    expect(headers['cross-origin-resource-policy']).toBe('same-origin');
    expect(headers['access-control-allow-origin']).toBeUndefined();
  });

  it('let hashed files be kept and the document be asked for again', async () => {
    const headers = { Cookie: await cookie() };
    const script = await window.ask('/assets/index-1a2b3c4d.js', { headers });
    expect(script.headers['cache-control']).toContain('immutable');
    expect(script.headers['content-type']).toContain('text/javascript');
    const page = await window.ask('/', { headers });
    expect(page.headers['cache-control']).toContain('no-cache');
    const again = await window.ask('/', { headers: { ...headers, 'If-None-Match': page.headers.etag ?? '' } });
    expect(again.status).toBe(304);
    expect(again.body).toBe('');
  });
});

describe('Host', () => {
  it.each([
    'evil.example',
    'localhost',
    '127.0.0.1',
    '127.0.0.1:1',
    'localhost.evil.example:PORT',
    '0.0.0.0:PORT',
    '[::1]:PORT',
  ])('%s is refused', async (host) => {
    const headers = { Host: host.replace('PORT', String(window.port)), Cookie: await cookie() };
    expect((await window.ask(`/?token=${window.token}`, { headers })).status).toBe(403);
  });

  it('may be localhost', async () => {
    const headers = { Host: `localhost:${window.port}` };
    expect((await window.ask(`/?token=${window.token}`, { headers })).status).toBe(200);
  });
});

describe('Origin', () => {
  it.each([
    undefined,
    'null',
    'http://evil.example',
    'https://127.0.0.1:PORT',
    'http://127.0.0.1:1',
    'http://localhost:PORT',
  ])('%s is refused on PUT and POST', async (origin) => {
    const headers: Record<string, string> = { 'X-Eigenscope-Token': window.token, 'Content-Type': 'application/json' };
    if (origin !== undefined) headers['Origin'] = origin.replace('PORT', String(window.port));
    expect((await window.ask('/files?name=a', { method: 'PUT', headers, body: 'x' })).status).toBe(403);
    expect((await window.ask('/targets', { method: 'POST', headers, body: '{"name":"a"}' })).status).toBe(403);
    expect((await window.ask('/restart', { method: 'POST', headers })).status).toBe(403);
  });

  it('of a foreign page is refused on a WebSocket', async () => {
    await expect(window.connect({ Origin: 'http://evil.example' })).rejects.toThrow('403');
    await expect(window.connect({ Origin: `http://localhost:${window.port}` })).rejects.toThrow('403');
    await expect(window.connect({ Host: 'evil.example' })).rejects.toThrow('403');
  });

  it('is not needed to open the window from a link, but the token is', async () => {
    const foreign = { 'Sec-Fetch-Site': 'cross-site', Cookie: await cookie() };
    expect((await window.ask('/', { headers: foreign })).status).toBe(403);
    expect((await window.ask(`/?token=${window.token}`, { headers: foreign })).status).toBe(200);
  });
});

describe('paths and methods', () => {
  it.each([
    '/../secret.html',
    '/%2e%2e/secret.html',
    '/..%2fsecret.html',
    '/assets/../../secret.html',
    '/assets/..%5c..%5csecret.html',
    '/assets/%2e%2e%2f%2e%2e%2fsecret.html',
    '/%00',
    '/assets/index-1a2b3c4d.js%00.html',
    '/etc/passwd',
    '/constructor',
    '/__proto__',
  ])('%s is not found', async (path) => {
    const answer = await window.ask(path, { headers: { Cookie: await cookie() } });
    expect([400, 404]).toContain(answer.status);
    expect(answer.body).not.toContain('secret');
  });

  it.each(['http://evil.example/', '//evil.example/', '*', 'evil'])('%s is a bad request', async (path) => {
    expect((await window.ask(path, { headers: { Cookie: await cookie() } })).status).toBe(400);
  });

  it.each(['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE'])('%s on a page is not allowed', async (method) => {
    expect((await window.ask('/', { method, headers: withToken() })).status).toBe(405);
  });

  it('follows no symbolic link out of the build', () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder.path, 'index.html'), 'page');
    symlinkSync('/etc/hostname', join(folder.path, 'host.txt'));
    expect([...listPageFiles(folder.path).keys()]).toEqual(['/index.html', '/']);
    folder.remove();
  });

  it('listens on the loopback only', async () => {
    const outside = Object.values(networkInterfaces())
      .flat()
      .find((address) => address?.family === 'IPv4' && !address.internal)?.address;
    if (!outside) return;
    const reached = await new Promise<boolean>((resolve) => {
      const socket = connectSocket({ host: outside, port: window.port, timeout: 2000 });
      socket
        .once('connect', () => resolve(true))
        .once('error', () => resolve(false))
        .once('timeout', () => resolve(false));
      socket.once('connect', () => socket.destroy());
    });
    expect(reached).toBe(false);
  });
});

describe('uploads', () => {
  const put = (name: string, body: string | Buffer) =>
    window.ask(`/files?name=${encodeURIComponent(name)}`, { method: 'PUT', headers: withToken(), body });

  it('arrive whole and are granted for reading', async () => {
    const bytes = Buffer.from(Array.from({ length: 70_000 }, (_, i) => i % 251));
    const answer = await put('d/../a "b" c.csv', bytes);
    expect(answer.status).toBe(201);
    const { file, name, size } = JSON.parse(answer.body) as { file: string; name: string; size: number };
    expect({ name, size }).toEqual({ name: 'a b c.csv', size: 70_000 });
    const line = await window.connect();
    const { grants } = (await line.call('test.state')) as { grants: Grant[] };
    const grant = grants.find((candidate) => candidate.file === file);
    expect(grant?.write).toBe(false);
    expect(readFileSync(grant?.path ?? '')).toEqual(bytes);
    expect(grant?.path.startsWith(join(window.session, 'incoming'))).toBe(true);
    line.close();
  });

  it('cannot be read back through the server', async () => {
    const { file } = JSON.parse((await put('a.csv', 'x')).body) as { file: string };
    expect((await window.ask(`/files/${file}`, { headers: withToken() })).status).toBe(404);
  });

  it('beyond the limit are refused and leave nothing behind', async () => {
    const before = readdirSync(join(window.session, 'incoming')).length;
    const announced = await put('a.csv', Buffer.alloc(100_001));
    expect(announced.status).toBe(413);
    expect(announced.body).toContain('larger than 0.1 MB');
    const headers = { ...withToken(), 'Transfer-Encoding': 'chunked' };
    const unannounced = await window.ask('/files?name=a', { method: 'PUT', headers, body: Buffer.alloc(300_000) });
    expect(unannounced.status).toBe(413);
    expect(readdirSync(join(window.session, 'incoming'))).toHaveLength(before);
  });

  it('that break off leave nothing behind', async () => {
    const folder = join(window.session, 'incoming');
    const before = readdirSync(folder).length;
    const socket = connectSocket(window.port, '127.0.0.1');
    socket.write(
      `PUT /files?name=a HTTP/1.1\r\nHost: 127.0.0.1:${window.port}\r\nOrigin: ${window.origin}\r\nX-Eigenscope-Token: ${window.token}\r\nContent-Length: 90000\r\n\r\nbegin`,
    );
    await expect.poll(() => readdirSync(folder).length).toBe(before + 1);
    socket.destroy();
    await expect.poll(() => readdirSync(folder).length).toBe(before);
  });

  it('need a name', async () => {
    expect((await window.ask('/files', { method: 'PUT', headers: withToken(), body: 'x' })).status).toBe(400);
  });
});

describe('targets', () => {
  const post = (body: string, type = 'application/json') =>
    window.ask('/targets', { method: 'POST', headers: { ...withToken(), 'Content-Type': type }, body });

  it('are written by the compute process and downloaded by the page', async () => {
    const answer = await post('{"name":"pičture \\"1\\".png"}');
    expect(answer.status).toBe(201);
    const { target, name } = JSON.parse(answer.body) as { target: string; name: string };
    expect(name).toBe('pičture 1.png');
    const line = await window.connect();
    const { grants } = (await line.call('test.state')) as { grants: Grant[] };
    const grant = grants.find((candidate) => candidate.file === target);
    expect(grant?.write).toBe(true);
    expect((await window.ask(`/files/${target}`, { headers: withToken() })).status).toBe(404);
    writeFileSync(grant?.path ?? '', 'result');
    const download = await window.ask(`/files/${target}`, { headers: { Cookie: await cookie() } });
    expect(download.status).toBe(200);
    expect(download.body).toBe('result');
    expect(download.headers['content-disposition']).toBe(
      `attachment; filename="pi_ture 1.png"; filename*=UTF-8''pi%C4%8Dture%201.png`,
    );
    expect((await window.ask(`/files/${target}`)).status).toBe(403);
    line.close();
  });

  it.each([
    ['{', 400],
    ['[]', 400],
    ['{}', 400],
    ['{"name":1}', 400],
    [JSON.stringify({ name: 'x'.repeat(5000) }), 413],
  ])('%.20s is refused', async (body, status) => {
    expect((await post(body)).status).toBe(status);
  });

  it('take JSON only, so that a form on a foreign page cannot make one', async () => {
    expect((await post('{"name":"a"}', 'text/plain')).status).toBe(415);
  });
});

describe('WebSocket', () => {
  it('reaches the compute process', async () => {
    const line = await window.connect();
    expect(line.hello.session).toBe(window.session);
    const { pid, protocol } = await line.call('test.state');
    expect(pid).toBe(window.compute.pid);
    expect(protocol).toBe('eigenscope');
    line.close();
  });

  it('needs the token', async () => {
    const { connectPage } = await import('./window.ts');
    await expect(connectPage(window.port, 'wrong')).rejects.toThrow('403');
    await expect(connectPage(window.port, '')).rejects.toThrow();
    await expect(connectPage(window.port, window.token.slice(0, -1))).rejects.toThrow('403');
  });
});

describe('slow and silent connections', () => {
  it('are ended', { timeout: 20_000 }, async () => {
    const socket = connectSocket(window.port, '127.0.0.1');
    socket.write('GET / HTTP/1.1\r\nHost: ');
    const began = Date.now();
    const drip = setInterval(() => socket.write('a'), 500);
    await new Promise<void>((resolve) => socket.once('close', () => resolve()).resume());
    clearInterval(drip);
    expect(Date.now() - began).toBeLessThan(15_000);
  });

  it('with endless headers are ended', async () => {
    const answer = await window.ask('/', { headers: { 'X-Long': 'a'.repeat(40_000) } }).catch(() => null);
    expect(answer === null || answer.status >= 400).toBe(true);
  });
});

describe('recent files', () => {
  it('are those whose copies are kept', async () => {
    const put = { method: 'PUT', headers: withToken(), body: '1,2\n' };
    await window.ask('/files?name=recent.csv', put);
    const list = JSON.parse((await window.ask('/recent', { headers: withToken() })).body) as {
      file: string;
      name: string;
    }[];
    expect(list[0]?.name).toMatch(/^recent\.csv \(copy of .*\)$/);
    const grant = window.compute.grantOf(list[0]?.file ?? '');
    expect(grant?.name).toBe('recent.csv');
    expect(readFileSync(grant?.path ?? '', 'utf8')).toBe('1,2\n');
    expect(existsSync(grant?.path ?? '')).toBe(true);
  });
});
