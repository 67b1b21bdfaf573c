/** Who may talk to the loopback server: checks of token, cookie, Host and Origin. */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';

function secret(): string {
  return randomBytes(24).toString('base64url');
}

/** Compares secrets in a time that tells nothing about them, their length included. */
function same(given: string | undefined, expected: string | null): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return given !== undefined && expected !== null && timingSafeEqual(digest(given), digest(expected));
}

function cookieOf(headers: IncomingHttpHeaders, name: string): string | undefined {
  const pairs = (headers.cookie ?? '').split(';').map((pair) => pair.trim().split('=', 2));
  return pairs.find(([key]) => key === name)?.[1];
}

/**
 * The secrets of one server and the checks made with them.
 *
 * The token opens everything; only the page that was opened with it holds it. The cookie, which other servers
 * on 127.0.0.1 could be sent too, opens no more than the page's own files and a download by its handle.
 */
export class RequestGuard {
  readonly token = secret();
  readonly #cookie = secret();
  /** Opens the document once: for addresses that other users of the machine can see, in the list of processes. */
  #launchKey: string | null = null;
  /** Given to the page that the launch key opened, for one exchange against the token. */
  #exchange: string | null = null;
  #hosts: ReadonlySet<string> = new Set();
  #origins: ReadonlySet<string> = new Set();
  #cookieName = '';

  /** Called once the port is known. */
  listensAt(port: number): void {
    this.#hosts = new Set([`127.0.0.1:${port}`, `localhost:${port}`]);
    this.#origins = new Set([...this.#hosts].map((host) => `http://${host}`));
    this.#cookieName = `eigenscope-${port}`;
  }

  /** Exact, against DNS rebinding: a foreign name that points to 127.0.0.1 is still a foreign name. */
  hostIsOurs(headers: IncomingHttpHeaders): boolean {
    return headers.host !== undefined && this.#hosts.has(headers.host.toLowerCase());
  }

  /** The Origin must be one of ours and be the very host that was asked. */
  originIsOurs(headers: IncomingHttpHeaders): boolean {
    const origin = headers.origin;
    return origin !== undefined && this.#origins.has(origin) && origin === `http://${headers.host?.toLowerCase()}`;
  }

  /** False for a GET that a foreign page caused; browsers that do not say count as ours, the cookie protects. */
  siteIsOurs(headers: IncomingHttpHeaders): boolean {
    const site = headers['sec-fetch-site'];
    return site === undefined || site === 'same-origin' || site === 'none';
  }

  tokenInAddress(url: URL): boolean {
    return same(url.searchParams.get('token') ?? undefined, this.token);
  }

  tokenInHeader(request: IncomingMessage): boolean {
    const header = request.headers['x-eigenscope-token'];
    return same(typeof header === 'string' ? header : undefined, this.token);
  }

  /** Browsers cannot set headers on a WebSocket, so the token travels as an offered subprotocol. */
  tokenInProtocols(request: IncomingMessage): boolean {
    const offered = (request.headers['sec-websocket-protocol'] ?? '').split(',').map((name) => name.trim());
    return (
      offered.includes('eigenscope') &&
      offered.some((name) => name.startsWith('token.') && same(name.slice(6), this.token))
    );
  }

  /** A key for one opening of the document. */
  newLaunchKey(): string {
    this.#launchKey = secret();
    return this.#launchKey;
  }

  /** True once for the launch key; the page then gets what `takeToken` asks for. */
  launchKeyInAddress(url: URL): boolean {
    if (!same(url.searchParams.get('launch') ?? undefined, this.#launchKey)) return false;
    this.#launchKey = null;
    this.#exchange = secret();
    return true;
  }

  /** The token, once, for the page that was opened with the launch key. */
  takeToken(headers: IncomingHttpHeaders): string | null {
    if (!same(cookieOf(headers, `${this.#cookieName}-launch`), this.#exchange)) return null;
    this.#exchange = null;
    return this.token;
  }

  cookieIsOurs(headers: IncomingHttpHeaders): boolean {
    return same(cookieOf(headers, this.#cookieName), this.#cookie);
  }

  /** Make reloads work after the page has taken the token out of its address. */
  setCookies(): string[] {
    const end = 'Path=/; HttpOnly; SameSite=Strict';
    const cookies = [`${this.#cookieName}=${this.#cookie}; ${end}`];
    if (this.#exchange !== null) cookies.push(`${this.#cookieName}-launch=${this.#exchange}; Max-Age=60; ${end}`);
    return cookies;
  }
}
