/** The page's address under Electron, `app://eigenscope/`: the built page and nothing else. */
import { readFile } from 'node:fs/promises';
import type { PageFile } from './page-files.ts';
import { contentSecurityPolicy, securityHeaders } from './security.ts';

export const appScheme = 'app';
export const appOrigin = 'app://eigenscope';
export const appAddress = `${appOrigin}/index.html`;

/** True for addresses of the page itself. */
export function isOurs(address: string): boolean {
  try {
    const { protocol, host, username, password } = new URL(address);
    return protocol === 'app:' && host === 'eigenscope' && username === '' && password === '';
  } catch {
    return false;
  }
}

/** True for what the page may load: itself and data it made. Everything else is stopped before it leaves. */
export function mayLoad(address: string): boolean {
  return isOurs(address) || address.startsWith('data:') || address.startsWith(`blob:${appOrigin}/`);
}

/** An address that may be handed to the person's browser; null for anything but plain web pages. */
export function externalAddress(address: string): string | null {
  try {
    const url = new URL(address);
    const isWeb = url.protocol === 'https:' || url.protocol === 'http:';
    return isWeb && url.username === '' && url.password === '' && address.length < 2048 ? url.href : null;
  } catch {
    return null;
  }
}

/** Answers requests by the list of the page's files: an address is looked up whole, never turned into a path. */
export function answerFrom(files: ReadonlyMap<string, PageFile>): (request: Request) => Promise<Response> {
  const plain = (status: number, text: string) =>
    new Response(text, { status, headers: { ...securityHeaders, 'Content-Type': 'text/plain; charset=utf-8' } });
  return async (request) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return plain(405, 'Method not allowed');
    if (!isOurs(request.url)) return plain(403, 'Not of this application');
    const file = files.get(new URL(request.url).pathname);
    if (!file) return plain(404, 'Not found');
    const headers = {
      ...securityHeaders,
      'Content-Security-Policy': contentSecurityPolicy(),
      'Content-Type': file.type,
      'Cache-Control': 'no-cache',
    };
    return new Response(request.method === 'HEAD' ? null : new Uint8Array(await readFile(file.path)), { headers });
  };
}
