/** Set-up's last step: the application in out/, built when its sources changed. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SetUpError, lastLines, root, run, setUpFolder } from './setup-run.mjs';

const sources = [
  'src',
  'lessons',
  'python',
  'scripts/build-python.mjs',
  'electron.vite.config.ts',
  'package.json',
  'package-lock.json',
  'tsconfig.base.json',
];
const products = [
  'out/main/index.js',
  'out/main/browser.js',
  'out/main/worker.js',
  'out/main/crunch.js',
  'out/main/cli.js',
  'out/main/script.js',
  'out/main/drawing.js',
  'out/python/room.zip',
  'out/python/start.image',
  'out/preload/index.cjs',
  'out/renderer/index.html',
];
const stampFile = join(setUpFolder, 'build.json');

function filesOf(path) {
  const stat = statSync(join(root, path), { throwIfNoEntry: false });
  if (!stat) return [];
  if (stat.isFile()) return [{ path, size: stat.size, time: stat.mtimeMs }];
  return readdirSync(join(root, path))
    .sort()
    .flatMap((name) => filesOf(`${path}/${name}`));
}

/** `quick` changes with sizes and times, `content` only with what the files hold. */
function stamps() {
  const files = sources.flatMap(filesOf);
  const quick = createHash('sha256').update(process.version);
  for (const { path, size, time } of files) quick.update(`${path}\0${size}\0${time}\0`);
  return {
    quick: quick.digest('hex'),
    content() {
      const hash = createHash('sha256').update(process.version);
      for (const { path } of files)
        hash
          .update(`${path}\0`)
          .update(readFileSync(join(root, path)))
          .update('\0');
      return hash.digest('hex');
    },
  };
}

function lastStamp() {
  try {
    return JSON.parse(readFileSync(stampFile, 'utf8'));
  } catch {
    return {};
  }
}

function keep(stamp) {
  mkdirSync(setUpFolder, { recursive: true });
  writeFileSync(stampFile, JSON.stringify(stamp));
}

/** What the outputs were when the stamp was made, so that another build over them is noticed. */
function outputs() {
  return products.map((path) => statSync(join(root, path), { throwIfNoEntry: false })?.size ?? 0).join(' ');
}

/** True when out/ was built from the sources as they are. */
export function buildIsCurrent() {
  if (!products.every((path) => existsSync(join(root, path)))) return false;
  const last = lastStamp();
  if (last.outputs !== outputs()) return false;
  const now = stamps();
  if (last.quick === now.quick) return true;
  const content = now.content();
  if (last.content !== content) return false;
  keep({ quick: now.quick, content, outputs: last.outputs });
  return true;
}

/** @throws {SetUpError} when the sources do not build. */
export async function setUpBuild({ log }) {
  if (buildIsCurrent()) return false;
  log('application: building');
  const now = stamps();
  const content = now.content();
  const program = join(root, 'node_modules/electron-vite/bin/electron-vite.js');
  const { code, text, logFile } = await run(process.execPath, [program, 'build'], { name: 'build', log });
  if (code !== 0) {
    // eslint-disable-next-line no-control-regex -- colours of a terminal
    const plain = text.replace(/\u001b\[[\d;]*m/g, '').replace(/^ +at .*$/gm, '');
    throw new SetUpError(
      `The application did not build:\n${lastLines(plain, 12)}\n  The whole output is in ${logFile}.`,
    );
  }
  keep({ quick: now.quick, content, outputs: outputs() });
  return true;
}
