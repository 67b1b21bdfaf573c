/** Set-up's first step: the compiler and libraries of the system that the native addon needs. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { SetUpError, lastLines, looksOffline, root, run, which } from './setup-run.mjs';

const openblasHeaders = [
  '/usr/include/openblas',
  '/usr/include/cblas.h',
  '/usr/include/openblas_config.h',
  '/usr/include/x86_64-linux-gnu/openblas-pthread',
  '/usr/include/aarch64-linux-gnu/openblas-pthread',
  '/opt/homebrew/opt/openblas',
  '/usr/local/opt/openblas',
];
const eigenHeaders = [
  '/usr/include/eigen3',
  '/usr/local/include/eigen3',
  '/opt/homebrew/opt/eigen',
  '/usr/local/opt/eigen',
];
const highwayHeaders = ['/usr/include/hwy/highway.h', '/opt/homebrew/opt/highway', '/usr/local/opt/highway'];

/**
 * What is needed, how its presence is seen, and what each package tool calls it (null: comes with the system).
 */
const needs = [
  {
    what: 'a C++ compiler',
    isThere: () => ['c++', 'g++', 'clang++'].some(which),
    apt: 'g++',
    dnf: 'gcc-c++',
    pacman: 'gcc',
    zypper: 'gcc-c++',
    brew: null,
    vcpkg: null,
  },
  {
    what: 'make',
    isThere: () => ['make', 'ninja'].some(which),
    apt: 'make',
    dnf: 'make',
    pacman: 'make',
    zypper: 'make',
    brew: null,
    vcpkg: null,
  },
  {
    what: 'CMake',
    isThere: () => which('cmake') !== null,
    apt: 'cmake',
    dnf: 'cmake',
    pacman: 'cmake',
    zypper: 'cmake',
    brew: 'cmake',
    vcpkg: null,
  },
  {
    what: 'pkg-config',
    isThere: () => ['pkg-config', 'pkgconf'].some(which),
    apt: 'pkg-config',
    dnf: 'pkgconf-pkg-config',
    pacman: 'pkgconf',
    zypper: 'pkg-config',
    brew: 'pkgconf',
    vcpkg: null,
  },
  {
    what: 'OpenBLAS',
    isThere: () => aptHas('libopenblas-dev') ?? openblasHeaders.some((path) => existsSync(path)),
    apt: 'libopenblas-dev',
    dnf: 'openblas-devel',
    pacman: 'openblas',
    zypper: 'openblas-devel',
    brew: 'openblas',
    vcpkg: 'openblas[dynamic-arch]',
  },
  {
    what: 'Highway',
    isThere: () => highwayHeaders.some((path) => existsSync(path)),
    apt: 'libhwy-dev',
    dnf: 'highway-devel',
    pacman: 'highway',
    zypper: 'highway-devel',
    brew: 'highway',
    vcpkg: 'highway',
  },
  {
    what: 'Eigen',
    isThere: () => eigenHeaders.some((path) => existsSync(path)),
    apt: 'libeigen3-dev',
    dnf: 'eigen3-devel',
    pacman: 'eigen',
    zypper: 'eigen3-devel',
    brew: 'eigen',
    vcpkg: 'eigen3',
  },
];

const browserNames = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'microsoft-edge',
  'brave-browser',
];

/** Whether Debian's package database has it installed; null on a system without one. */
function aptHas(name) {
  if (which('dpkg-query') === null) return null;
  const { stdout } = spawnSync('dpkg-query', ['-W', '-f', '${db:Status-Status}\n', name], { encoding: 'utf8' });
  return (stdout ?? '').split('\n').includes('installed');
}

/** The package tool of this machine. */
function packageTool() {
  if (process.platform === 'darwin') return 'brew';
  if (process.platform === 'win32') return 'vcpkg';
  if (which('apt-get')) return 'apt';
  return ['dnf', 'pacman', 'zypper'].find(which) ?? null;
}

/** The command a person types to install these, by package tool. */
export function commandFor(tool, missing) {
  const names = missing.map((need) => need[tool]).filter((name) => name !== null);
  const list = names.join(' ');
  const lines = {
    apt: `sudo apt-get install --no-install-recommends ${list}`,
    dnf: `sudo dnf install ${list}`,
    pacman: `sudo pacman -S --needed ${list}`,
    zypper: `sudo zypper install ${list}`,
    brew: `brew install ${list}`,
    vcpkg: `vcpkg install ${list}   (with VCPKG_ROOT set to vcpkg's folder)`,
  };
  const commands = names.length > 0 ? [lines[tool]] : [];
  if (missing.some((need) => need[tool] === null)) {
    if (tool === 'brew') commands.unshift('xcode-select --install');
    if (tool === 'vcpkg') commands.unshift('winget install Kitware.CMake Microsoft.VisualStudio.2022.BuildTools');
  }
  return commands.join('\n    ');
}

async function agreed(question) {
  const lines = createInterface({ input: process.stdin, output: process.stdout });
  try {
    const answer = (await lines.question(`${question} [Y/n] `)).trim().toLowerCase();
    return answer === '' || answer === 'y' || answer === 'yes';
  } finally {
    lines.close();
  }
}

function listsAreEmpty() {
  try {
    return !readdirSync('/var/lib/apt/lists').some(
      (name) => name.endsWith('_Packages') || name.endsWith('_Packages.lz4'),
    );
  } catch {
    return true;
  }
}

async function aptInstall(names, { yes, log }) {
  const install = ['apt-get', 'install', '-y', '--no-install-recommends', ...names];
  const isRoot = process.getuid?.() === 0;
  const typed = `sudo apt-get install --no-install-recommends ${names.join(' ')}`;
  if (!isRoot) {
    if (which('sudo') === null)
      throw new SetUpError(`Some system packages are missing. As root, run:\n    ${typed.slice(5)}`);
    if (!yes) {
      if (!process.stdin.isTTY)
        throw new SetUpError(`Some system packages are missing. Install them, or start with --yes:\n    ${typed}`);
      if (!(await agreed(`Install ${names.join(', ')} with sudo apt-get?`))) {
        throw new SetUpError(
          `Without these packages the native part cannot be built. To install them yourself:\n    ${typed}`,
        );
      }
    }
  }
  const asRoot = (args) =>
    run(isRoot ? args[0] : 'sudo', isRoot ? args.slice(1) : ['DEBIAN_FRONTEND=noninteractive', ...args], {
      name: 'system-packages',
      log,
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      // sudo asks for the password on the terminal.
      input: true,
    });
  let updated = false;
  if (listsAreEmpty()) {
    await asRoot(['apt-get', 'update']);
    updated = true;
  }
  let result = await asRoot(install);
  if (result.code !== 0 && !updated) {
    // Old lists name versions that the servers no longer have.
    await asRoot(['apt-get', 'update']);
    result = await asRoot(install);
  }
  if (result.code !== 0) {
    const reason = looksOffline(result.text)
      ? 'the package servers cannot be reached'
      : 'apt-get said:\n' + lastLines(result.text);
    throw new SetUpError(
      `The system packages could not be installed: ${reason}\n  Install them yourself, then start again:\n    ${typed}`,
    );
  }
}

/**
 * Sees to it that the native addon can be built here.
 * @throws {SetUpError} with the exact command to type, where this cannot install by itself.
 */
export async function setUpSystem({ yes, log }) {
  const tool = packageTool();
  if (tool === 'vcpkg') return false;
  const missing = needs.filter((need) => !need.isThere());
  if (missing.length === 0) return false;
  if (tool === 'apt') {
    const names = missing.map((need) => need.apt);
    log(`system packages: installing ${names.join(', ')}`);
    await aptInstall(names, { yes, log });
    return true;
  }
  const what = missing.map((need) => need.what).join(', ');
  throw new SetUpError(
    tool === null
      ? `This system lacks ${what}. Install what is missing with its package tool, then start again.`
      : `This system lacks ${what}. To install what is missing, type this, then start again:\n    ${commandFor(tool, missing)}`,
  );
}

/** Sees to it that there is a Chromium for the end-to-end tests. */
export async function setUpChromium({ yes, log }) {
  if (process.env.EIGENSCOPE_BROWSER && existsSync(process.env.EIGENSCOPE_BROWSER)) return false;
  if (process.platform === 'linux') {
    if (browserNames.some(which)) return false;
    if (packageTool() === 'apt') {
      log('system packages: installing chromium');
      await aptInstall(['chromium'], { yes, log });
      return true;
    }
  } else {
    const places =
      process.platform === 'darwin'
        ? ['/Applications/Google Chrome.app', '/Applications/Chromium.app', '/Applications/Microsoft Edge.app']
        : [process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)']].flatMap((folder) => [
            join(folder ?? '', 'Google\\Chrome\\Application\\chrome.exe'),
            join(folder ?? '', 'Microsoft\\Edge\\Application\\msedge.exe'),
          ]);
    if (places.some((path) => existsSync(path))) return false;
  }
  throw new SetUpError(
    'The end-to-end tests need Chromium, Chrome or Edge, and none was found. Install one, or set EIGENSCOPE_BROWSER to its program.',
  );
}

/** True when an addon was built here before: then what it is built with is here, too. */
export function wasBuiltBefore() {
  try {
    return (
      readFileSync(join(root, 'build/native/stamp'), 'utf8').length > 0 &&
      existsSync(join(root, 'build/native/eigenscope.node'))
    );
  } catch {
    return false;
  }
}
