/** Electron's program, fetched by Electron's own installer where that can work, and the reason where it cannot. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { lastLines, root, run, setUpFolder } from './setup-run.mjs';

const memory = join(setUpFolder, 'electron.json');
/** A failed download is not tried again for this long, unless Electron was asked for by name. */
const patienceMs = 24 * 3600 * 1000;
const probeMs = 4000;
const lowestNode = [22, 12];

function installedProgram(folder) {
  try {
    const name = readFileSync(join(folder, 'path.txt'), 'utf8').trim();
    const program = process.env.ELECTRON_OVERRIDE_DIST_PATH
      ? join(process.env.ELECTRON_OVERRIDE_DIST_PATH, name)
      : join(folder, 'dist', name);
    return existsSync(program) ? program : null;
  } catch {
    return null;
  }
}

function remembered(version) {
  try {
    const last = JSON.parse(readFileSync(memory, 'utf8'));
    return last.version === version && Date.now() - last.at < patienceMs ? last.reason : null;
  } catch {
    return null;
  }
}

function remember(version, reason) {
  mkdirSync(setUpFolder, { recursive: true });
  writeFileSync(memory, JSON.stringify({ version, reason, at: Date.now() }));
  return { program: null, reason };
}

/** Whether a download would begin: seconds here save a minute of the installer's own patience. */
async function canReach(url) {
  try {
    const response = await fetch(url, { method: 'HEAD', signal: AbortSignal.timeout(probeMs) });
    return response.ok;
  } catch {
    return false;
  }
}

function addressOf(version) {
  const base =
    process.env.ELECTRON_MIRROR ??
    process.env.npm_config_electron_mirror ??
    'https://github.com/electron/electron/releases/download/';
  return `${base}v${version}/SHASUMS256.txt`;
}

/**
 * @param {{ log: (line: string) => void, insist: boolean }} options `insist`: Electron was asked for by name.
 * @returns {Promise<{ program: string, reason: null } | { program: null, reason: string }>}
 */
export async function electronProgram({ log, insist }) {
  const no = (reason) => ({ program: null, reason });
  if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY)
    return no('there is no display');
  let folder;
  try {
    folder = join(createRequire(join(root, 'package.json')).resolve('electron/package.json'), '..');
  } catch {
    return no('the electron package is not installed');
  }
  const program = installedProgram(folder);
  if (program !== null) return { program, reason: null };
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major < lowestNode[0] || (major === lowestNode[0] && minor < lowestNode[1])) {
    return no(
      `Electron ${version} needs Node ${lowestNode.join('.')} or newer to be fetched, and this is ${process.versions.node}`,
    );
  }
  const before = insist ? null : remembered(version);
  if (before !== null) return no(before);
  const hasProxy = Boolean(process.env.HTTPS_PROXY ?? process.env.https_proxy);
  if (!hasProxy && !(await canReach(addressOf(version))))
    return remember(version, `Electron ${version} cannot be fetched from here`);
  log(`Electron ${version}: fetching its program (about 110 MB, once)`);
  const env = hasProxy ? { ...process.env, ELECTRON_GET_USE_PROXY: '1' } : process.env;
  const { code, text } = await run(process.execPath, [join(folder, 'install.js')], { name: 'electron', log, env });
  const fetched = installedProgram(folder);
  if (code === 0 && fetched !== null) return { program: fetched, reason: null };
  return remember(
    version,
    `Electron ${version} could not be fetched (${lastLines(text, 1).trim() || 'no reason was given'})`,
  );
}
