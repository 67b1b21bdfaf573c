/** The files of the built page, listed once: a request names an entry of the list, never a path. */
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';
import { AppError } from '#shared/errors.ts';

export interface PageFile {
  path: string;
  type: string;
  size: number;
  /** Its name holds a hash of its content, so it may be kept for ever. */
  immutable: boolean;
  etag: string;
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.ttf': 'font/ttf',
  '.wasm': 'application/wasm',
  '.md': 'text/markdown; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
};

/**
 * Every servable file under `root` by its address ("/", "/assets/index-3f2a.js"); files of unknown type are left out.
 * @throws AppError `io` when the page has not been built.
 */
export function listPageFiles(root: string): ReadonlyMap<string, PageFile> {
  const files = new Map<string, PageFile>();
  let entries;
  try {
    entries = readdirSync(root, { recursive: true, withFileTypes: true });
  } catch (error) {
    throw new AppError('io', `The page has not been built: ${root} is missing`, {
      hint: 'run npm start, which builds what is missing',
      cause: error,
    });
  }
  for (const entry of entries) {
    // Symbolic links are not followed: nothing outside the build is served.
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const type = types[extname(entry.name).toLowerCase()];
    if (type === undefined) continue;
    const address = '/' + relative(root, path).split(sep).join('/');
    const stat = statSync(path);
    const immutable = /-[\w-]{8,}\.\w+$/.test(entry.name) && address.startsWith('/assets/');
    const etag = immutable
      ? `"${entry.name}"`
      : `"${createHash('sha256').update(readFileSync(path)).digest('base64url').slice(0, 22)}"`;
    files.set(address, { path, type, size: stat.size, immutable, etag });
  }
  const index = files.get('/index.html');
  if (!index) {
    throw new AppError('io', `The page has not been built: ${root} holds no index.html`, {
      hint: 'run npm start, which builds what is missing',
    });
  }
  files.set('/', index);
  return files;
}
