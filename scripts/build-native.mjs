/**
 * Builds the native addon into build/native/eigenscope.node: CMake, a C++20 compiler, OpenBLAS, Highway and Eigen
 * of the system, the Node-API headers of node_modules. Does nothing, in milliseconds, when nothing changed.
 *
 *   node scripts/build-native.mjs [--force]
 */
import { createHash } from 'node:crypto';
import {
  appendFileSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { spawnOwned } from './setup-run.mjs';

const root = join(import.meta.dirname, '..');
const source = join(root, 'native');
const output = join(root, 'build', 'native');
const work = join(root, 'build', 'cmake');
const addon = join(output, 'eigenscope.node');
const stampFile = join(output, 'stamp');
const logFile = join(output, 'build.log');

/** What must be there, by the name CMakeLists.txt or this script gives it, and how each system installs it. */
const remedies = {
  cmake: { apt: 'cmake', dnf: 'cmake', brew: 'cmake', vcpkg: null, what: 'CMake 3.20 or newer (https://cmake.org)' },
  compiler: { apt: 'g++ make', dnf: 'gcc-c++ make', brew: null, vcpkg: null, what: 'a C++20 compiler' },
  openblas: { apt: 'libopenblas-dev', dnf: 'openblas-devel', brew: 'openblas', vcpkg: 'openblas', what: 'OpenBLAS' },
  lapack: {
    apt: 'libopenblas-dev',
    dnf: 'openblas-devel',
    brew: 'openblas',
    vcpkg: 'openblas[dynamic-arch]',
    what: 'OpenBLAS with LAPACK',
  },
  highway: { apt: 'libhwy-dev', dnf: 'highway-devel', brew: 'highway', vcpkg: 'highway', what: 'Highway' },
  eigen: { apt: 'libeigen3-dev', dnf: 'eigen3-devel', brew: 'eigen', vcpkg: 'eigen3', what: 'Eigen 3.4 or newer' },
};

/** A build that could not be done; the message says what to do. */
export class NativeBuildError extends Error {
  name = 'NativeBuildError';
}

/**
 * Brings build/native/eigenscope.node up to date.
 * @param {{ log?: (line: string) => void, force?: boolean }} [options] `log` receives each line of progress.
 * @returns {Promise<{ path: string, built: boolean }>} where the addon is and whether it had to be built.
 * @throws {NativeBuildError}
 */
export async function buildNative({ log = () => {}, force = false } = {}) {
  const stamp = inputsStamp();
  if (!force && upToDate(stamp)) return { path: addon, built: false };

  mkdirSync(output, { recursive: true });
  const release = await lock(log);
  try {
    // Another start may have built it while this one waited.
    if (!force && upToDate(stamp)) return { path: addon, built: false };
    rmSync(stampFile, { force: true });
    writeFileSync(logFile, '');
    if (force) rmSync(work, { recursive: true, force: true });
    await configure(log);
    await compile(log);
    // A running process may have the old file mapped: put the new one beside it and rename.
    const fresh = join(output, `.eigenscope-${process.pid}.node`);
    copyFileSync(builtFile(), fresh);
    renameSync(fresh, addon);
    await tryLoading();
    writeFileSync(stampFile, stamp);
    return { path: addon, built: true };
  } finally {
    release();
  }
}

/** True when the addon is there and was made from the sources as they are. */
export function nativeIsCurrent() {
  return upToDate(inputsStamp());
}

function upToDate(stamp) {
  try {
    return existsSync(addon) && readFileSync(stampFile, 'utf8') === stamp;
  } catch {
    return false;
  }
}

/** Changes when anything changes that the addon is made from. */
function inputsStamp() {
  const hash = createHash('sha256');
  hash.update(`${process.platform} ${process.arch} ${process.env.CXX ?? ''} ${process.env.CXXFLAGS ?? ''}\n`);
  for (const name of ['node-api-headers', 'node-addon-api']) {
    const file = join(root, 'node_modules', name, 'package.json');
    if (!existsSync(file)) throw new NativeBuildError(`${name} is not installed. Run: npm install`);
    hash.update(`${name} ${JSON.parse(readFileSync(file, 'utf8')).version}\n`);
  }
  for (const file of [import.meta.filename ?? join(root, 'scripts', 'build-native.mjs'), ...filesBelow(source)]) {
    hash
      .update(`${relative(root, file)}\n`)
      .update(readFileSync(file))
      .update('\n');
  }
  return hash.digest('hex');
}

function filesBelow(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => (entry.isDirectory() ? filesBelow(join(folder, entry.name)) : [join(folder, entry.name)]));
}

/** One build at a time per work tree; a lock whose owner is gone does not count. */
async function lock(log) {
  const path = join(output, 'lock');
  let told = false;
  for (;;) {
    try {
      writeFileSync(path, String(process.pid), { flag: 'wx' });
      return () => rmSync(path, { force: true });
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    if (abandoned(path)) {
      rmSync(path, { force: true });
      continue;
    }
    if (!told) log('waiting for another build of the native addon');
    told = true;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

function abandoned(path) {
  try {
    const pid = Number(readFileSync(path, 'utf8'));
    if (pid === 0) return Date.now() - statSync(path).mtimeMs > 5000;
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return error.code === 'ESRCH';
  }
}

async function configure(log) {
  log('looking for the compiler and libraries');
  const headers = join(root, 'node_modules', 'node-api-headers', 'include');
  const wrapper = join(root, 'node_modules', 'node-addon-api');
  const cmakeArgs = ['-S', source, '-B', work, '-DCMAKE_BUILD_TYPE=Release'];
  cmakeArgs.push(`-DNODE_API_HEADERS=${slashes(headers)}`, `-DNODE_ADDON_API=${slashes(wrapper)}`);
  if (process.env.VCPKG_ROOT) {
    cmakeArgs.push(
      `-DCMAKE_TOOLCHAIN_FILE=${slashes(join(process.env.VCPKG_ROOT, 'scripts/buildsystems/vcpkg.cmake'))}`,
    );
  }
  const { code, text } = await run('cmake', cmakeArgs);
  if (code === 0) return;
  // What was not found must be looked for again next time.
  rmSync(work, { recursive: true, force: true });
  const missing = /EIGENSCOPE-MISSING: (\w+)/.exec(text)?.[1];
  if (missing) throw new NativeBuildError(toInstall(missing));
  if (/No CMAKE_CXX_COMPILER could be found|CMAKE_CXX_COMPILER not set|CMAKE_MAKE_PROGRAM is not set/.test(text)) {
    throw new NativeBuildError(toInstall('compiler'));
  }
  throw failure('CMake could not configure the native addon', text);
}

async function compile(log) {
  // A compiler process takes up to about 1 GB.
  const jobs = Math.max(1, Math.min(cpus().length, Math.floor(totalmem() / 1e9)));
  log('compiling the native addon');
  let last = '';
  const { code, text } = await run(
    'cmake',
    ['--build', work, '--config', 'Release', '--parallel', String(jobs)],
    (line) => {
      const step = /^\[\s*(\d+)%\] Building CXX object .*?([\w]+\.cc)/.exec(line);
      if (step && step[2] !== last) log(`compiling ${(last = step[2])} (${step[1]} %)`);
    },
  );
  if (code !== 0) throw failure('The native addon did not compile', text);
}

function builtFile() {
  const found = [join(work, 'eigenscope.node'), join(work, 'Release', 'eigenscope.node')].find(existsSync);
  if (!found) throw new NativeBuildError(`CMake made no eigenscope.node. Its output is in ${relative(root, logFile)}`);
  return found;
}

/** Loads the addon in a process of its own, so that a broken one is found here. */
async function tryLoading() {
  const { code, text } = await run(process.execPath, ['-e', 'require(process.argv[1]).blas()', addon]);
  if (code !== 0) throw failure('The native addon was built but does not load', text);
}

/** Runs a program, writes what it says to the build log, and returns it. */
function run(command, args, online = () => {}) {
  return new Promise((resolve, reject) => {
    // ccache, where somebody compiles through it, keeps nothing made with a precompiled header unless it is told so.
    const env = { CCACHE_SLOPPINESS: 'pch_defines,time_macros', ...process.env };
    const child = spawnOwned(command, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let text = '';
    let rest = '';
    const take = (chunk) => {
      text += chunk;
      appendFileSync(logFile, chunk);
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() ?? '';
      lines.forEach(online);
    };
    child.stdout.setEncoding('utf8').on('data', take);
    child.stderr.setEncoding('utf8').on('data', take);
    child.on('error', (error) => {
      reject(error.code === 'ENOENT' && command === 'cmake' ? new NativeBuildError(toInstall('cmake')) : error);
    });
    child.on('close', (code) => resolve({ code: code ?? 1, text }));
  });
}

function failure(title, text) {
  const lines = text.trimEnd().split('\n');
  const errors = lines.filter((line) => /error|not found|undefined reference/i.test(line)).slice(0, 12);
  const shown = errors.length > 0 ? errors : lines.slice(-12);
  return new NativeBuildError(`${title}:\n  ${shown.join('\n  ')}\nThe whole output is in ${relative(root, logFile)}.`);
}

function toInstall(name) {
  const remedy = remedies[name] ?? remedies.openblas;
  const lines = [`The native addon needs ${remedy.what}, which was not found. Install it:`];
  if (process.platform === 'darwin') {
    lines.push(remedy.brew ? `  brew install ${remedy.brew}` : '  xcode-select --install');
  } else if (process.platform === 'win32') {
    lines.push(
      remedy.vcpkg
        ? `  vcpkg install ${remedy.vcpkg}   (with VCPKG_ROOT set)`
        : '  winget install Kitware.CMake Microsoft.VisualStudio.2022.BuildTools',
    );
  } else {
    lines.push(`  Debian, Ubuntu: sudo apt install ${remedy.apt}`, `  Fedora:         sudo dnf install ${remedy.dnf}`);
  }
  return lines.join('\n');
}

function slashes(path) {
  return path.replaceAll('\\', '/');
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const started = performance.now();
  try {
    const { path, built } = await buildNative({
      log: (line) => console.log(`native: ${line}`),
      force: process.argv.includes('--force'),
    });
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    console.log(built ? `native: built ${relative(root, path)} in ${seconds} s` : 'native: nothing changed');
  } catch (error) {
    if (!(error instanceof NativeBuildError)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}
