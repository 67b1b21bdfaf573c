/**
 * Gathers the native addon and the libraries that may be missing on another machine (OpenBLAS, the Fortran runtime,
 * Highway) into build/bundle, made to find each other there, and proves it by loading the addon from that folder.
 *
 *   node scripts/bundle-libraries.mjs
 */
import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';

const root = join(import.meta.dirname, '..');
const addon = join(root, 'build/native/eigenscope.node');
export const bundleFolder = join(root, 'build/bundle');

/** What every system has, or must have in its own version, stays where it is. */
const carried =
  /^(lib)?(open)?(blas|lapack|cblas|openblas\w*|gfortran|quadmath|hwy|gomp|omp|flang\w*)([-.\d].*)?\.(so|dylib|dll)/i;

function said(command, args, env = process.env) {
  const { status, stdout, stderr, error } = spawnSync(command, args, { encoding: 'utf8', env });
  if (error) throw new Error(`${command} cannot be run: ${error.message}`);
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed:\n${stderr}`);
  return stdout;
}

/** Shared libraries a Linux file needs, directly or not, as the loader here finds them. */
function neededOnLinux(file) {
  return said('ldd', [file])
    .split('\n')
    .flatMap((line) => {
      const found = /^\s*(\S+) => (.+?) \(0x/.exec(line);
      if (/=> not found/.test(line)) throw new Error(`${basename(file)} needs ${line.trim()}`);
      return found && carried.test(found[1]) ? [{ name: found[1], path: found[2] }] : [];
    });
}

/**
 * Makes an ELF file look for libraries only beside itself, for its libraries' needs as well: DT_RUNPATH, which holds
 * for direct needs only, becomes DT_RPATH, and its text becomes $ORIGIN.
 * @throws {Error} when the file has no run path that could hold $ORIGIN.
 */
export function lookBesideItself(file) {
  const bytes = readFileSync(file);
  if (bytes.readUInt32BE(0) !== 0x7f454c46 || bytes[4] !== 2 || bytes[5] !== 1)
    throw new Error(`${file} is no 64-bit little-endian ELF file`);
  const number = (at) => Number(bytes.readBigUInt64LE(at));
  const programHeaders = number(32);
  const headers = Array.from(
    { length: bytes.readUInt16LE(56) },
    (_, i) => programHeaders + i * bytes.readUInt16LE(54),
  ).map((at) => ({
    type: bytes.readUInt32LE(at),
    offset: number(at + 8),
    address: number(at + 16),
    size: number(at + 32),
  }));
  const dynamic = headers.find(({ type }) => type === 2);
  if (!dynamic) throw new Error(`${file} has no dynamic section`);
  const entries = [];
  for (let at = dynamic.offset; at < dynamic.offset + dynamic.size; at += 16) {
    entries.push({ at, tag: number(at), value: number(at + 8) });
    if (number(at) === 0) break;
  }
  const [DT_STRTAB, DT_RPATH, DT_RUNPATH] = [5, 15, 29];
  const path = entries.find(({ tag }) => tag === DT_RUNPATH || tag === DT_RPATH);
  const strings = entries.find(({ tag }) => tag === DT_STRTAB)?.value;
  const segment = headers.find(
    ({ type, address, size }) => type === 1 && strings >= address && strings < address + size,
  );
  if (!path || !segment) throw new Error(`${file} has no run path`);
  const begin = strings - segment.address + segment.offset + path.value;
  const end = bytes.indexOf(0, begin);
  const wanted = '$ORIGIN';
  if (end - begin < wanted.length) throw new Error(`${file} has no room for ${wanted} in its run path`);
  bytes.fill(0, begin, end);
  bytes.write(wanted, begin, 'latin1');
  bytes.writeBigUInt64LE(BigInt(DT_RPATH), path.at);
  writeFileSync(file, bytes);
}

function gatherOnLinux() {
  for (const { name, path } of neededOnLinux(addon)) copyFileSync(realpathSync(path), join(bundleFolder, name));
  copyFileSync(addon, join(bundleFolder, basename(addon)));
  lookBesideItself(join(bundleFolder, basename(addon)));
}

function neededOnMac(file) {
  return said('otool', ['-L', file])
    .split('\n')
    .slice(1)
    .map((line) => line.trim().split(' (')[0])
    .filter((path) => carried.test(basename(path)));
}

/** `@rpath/x.dylib` as the loader would find it for `file`. */
function foundOnMac(path, file) {
  if (path.startsWith('/')) return path;
  const name = basename(path);
  const places = [
    dirname(file),
    '/opt/homebrew/opt/openblas/lib',
    '/opt/homebrew/lib',
    '/opt/homebrew/opt/gcc/lib/gcc/current',
    '/usr/local/lib',
  ];
  const place = places.find((folder) => existsSync(join(folder, name)));
  if (!place) throw new Error(`${basename(file)} needs ${path}, which was not found`);
  return join(place, name);
}

function gatherOnMac() {
  const waiting = [{ from: addon, to: join(bundleFolder, basename(addon)) }];
  const done = new Set();
  for (let item = waiting.pop(); item; item = waiting.pop()) {
    if (done.has(item.to)) continue;
    done.add(item.to);
    copyFileSync(realpathSync(item.from), item.to);
    for (const path of neededOnMac(item.from)) {
      const name = basename(path);
      if (join(bundleFolder, name) !== item.to)
        waiting.push({ from: foundOnMac(path, item.from), to: join(bundleFolder, name) });
      said('install_name_tool', ['-change', path, `@loader_path/${name}`, item.to]);
    }
    said('codesign', ['--force', '--sign', '-', item.to]);
  }
}

function gatherOnWindows() {
  copyFileSync(addon, join(bundleFolder, basename(addon)));
  const triplet = process.env.VCPKG_DEFAULT_TRIPLET ?? `${process.arch === 'arm64' ? 'arm64' : 'x64'}-windows`;
  const folder = join(process.env.VCPKG_ROOT ?? '', 'installed', triplet, 'bin');
  for (const name of readdirSync(folder)) {
    if (carried.test(name)) copyFileSync(join(folder, name), join(bundleFolder, name));
  }
}

const proof = `
const { blas } = require(process.argv[1]);
const about = blas();
const maps = process.platform === 'linux' ? require('node:fs').readFileSync('/proc/self/maps', 'utf8') : '';
const files = [...new Set(maps.split('\\n').map((line) => line.slice(73).trim()).filter((path) => path.startsWith('/')))];
process.stdout.write(JSON.stringify({ about, files }));
`;

/**
 * Gathers and proves.
 * @returns {{ files: string[], blas: { name: string, version: string } }}
 * @throws {Error} when a library is missing or the gathered addon does not load by itself.
 */
export function bundleLibraries() {
  if (!existsSync(addon)) throw new Error('There is no native addon yet. Run: node scripts/build-native.mjs');
  rmSync(bundleFolder, { recursive: true, force: true });
  mkdirSync(bundleFolder, { recursive: true });
  if (process.platform === 'darwin') gatherOnMac();
  else if (process.platform === 'win32') gatherOnWindows();
  else gatherOnLinux();
  const files = readdirSync(bundleFolder).sort();
  const env = { ...process.env };
  for (const name of ['LD_LIBRARY_PATH', 'LD_PRELOAD', 'DYLD_LIBRARY_PATH']) delete env[name];
  const loaded = JSON.parse(said(process.execPath, ['-e', proof, join(bundleFolder, basename(addon))], env));
  const elsewhere = loaded.files.filter(
    (path) => carried.test(basename(path)) && dirname(path) !== realpathSync(bundleFolder),
  );
  if (elsewhere.length > 0) throw new Error(`The gathered addon still loads ${elsewhere.join(', ')}`);
  return { files, blas: loaded.about };
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    const { files, blas } = bundleLibraries();
    console.log(`${relative(root, bundleFolder)}: ${files.join(', ')}`);
    console.log(`loads by itself: ${blas.name} ${blas.version}`);
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
