#!/usr/bin/env node
/**
 * The light Debian package: Eigenscope in the distribution's own Chromium and Node, with the distribution's OpenBLAS.
 *
 *   node scripts/package-deb.mjs            dist/eigenscope_VERSION_ARCH.deb
 *   node scripts/package-deb.mjs --stage    build/deb only: the tree as it will be installed
 *
 * The package with Electron and everything else inside is electron-builder's (electron-builder.yml).
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './setup-run.mjs';
import { setUp } from './setup.mjs';

const folder = join(root, 'build/deb');
const library = 'usr/lib/eigenscope';

function said(command, args, cwd = root) {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd, encoding: 'utf8' });
  if (error) throw new Error(`${command} cannot be run: ${error.message}; apt install dpkg-dev brings it`);
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed:\n${stderr}`);
  return stdout.trim();
}

/** Folders below node_modules of what runs with the application, as the lock file lists them. */
function dependencies() {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  return Object.entries(packages)
    .filter(([path, { dev, devOptional }]) => path !== '' && !dev && !devOptional && !path.includes('/@types/'))
    .map(([path]) => path)
    .filter((path) => existsSync(join(root, path)));
}

function filesBelow(path) {
  return readdirSync(path, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? filesBelow(join(path, entry.name)) : [join(path, entry.name)],
  );
}

/** Packages of this distribution that hold the libraries the addon asks for, with the versions it needs. */
function libraries(tree) {
  // dpkg-shlibdeps reads debian/control of a source package, and wants one.
  mkdirSync(join(folder, 'source/debian'), { recursive: true });
  writeFileSync(
    join(folder, 'source/debian/control'),
    'Source: eigenscope\n\nPackage: eigenscope\nArchitecture: any\n',
  );
  const addon = join(tree, library, 'build/native/eigenscope.node');
  const line = said('dpkg-shlibdeps', ['-O', '--ignore-missing-info', addon], join(folder, 'source'));
  return line.replace(/^shlibs:Depends=/, '');
}

function control({ version, description }, architecture, depends, kibibytes) {
  return `Package: eigenscope
Version: ${version}
Architecture: ${architecture}
Maintainer: The Eigenscope authors <eigenscope@example.org>
Installed-Size: ${kibibytes}
Depends: ${depends}, nodejs (>= 20.19)
Recommends: chromium | google-chrome-stable | microsoft-edge-stable | brave-browser
Section: math
Priority: optional
Description: ${description.replace(/^A /, '')}
 Open a table or a photograph, or type a matrix, and see what linear algebra
 does to it: singular values, low-rank approximations, and how far each number
 can be trusted. Python's cells, console and scripts run on the same arrays.
 .
 This package uses the Chromium, Node and OpenBLAS of the distribution.
`;
}

/**
 * Lays out build/deb/root as it will be installed.
 * @returns {{ tree: string, version: string, architecture: string }}
 */
export function stage() {
  const tree = join(folder, 'root');
  rmSync(folder, { recursive: true, force: true });
  const put = (from, to, mode = 0o644) => {
    mkdirSync(join(tree, to, '..'), { recursive: true });
    copyFileSync(join(root, from), join(tree, to));
    chmodSync(join(tree, to), mode);
  };
  for (const name of ['package.json', 'build/native/eigenscope.node']) put(name, `${library}/${name}`);
  for (const path of ['out', 'samples', ...dependencies()]) {
    cpSync(join(root, path), join(tree, library, path), {
      recursive: true,
      filter: (file) => !/\.map$/.test(file) && !/node_modules\/.*\.(d\.[cm]?ts|md|html)$/.test(file),
    });
  }
  put('packaging/debian/cli.mjs', `${library}/cli.mjs`);
  for (const name of ['eigenscope', 'eigenscope-cli']) put(`packaging/debian/${name}`, `usr/bin/${name}`, 0o755);
  put('packaging/debian/eigenscope.desktop', 'usr/share/applications/eigenscope.desktop');
  put('packaging/debian/eigenscope.xml', 'usr/share/mime/packages/eigenscope.xml');
  put('packaging/icon.svg', 'usr/share/icons/hicolor/scalable/apps/eigenscope.svg');
  put('packaging/icon.png', 'usr/share/pixmaps/eigenscope.png');
  put('packaging/third-party.md', 'usr/share/doc/eigenscope/third-party.md');
  put('LICENSE', 'usr/share/doc/eigenscope/copyright');

  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const architecture = said('dpkg', ['--print-architecture']);
  const files = filesBelow(tree);
  for (const file of files) if (!/\/usr\/bin\//.test(file)) chmodSync(file, 0o644);
  const kibibytes = files.reduce((sum, file) => sum + Math.ceil(statSync(file).size / 1024), 0);
  mkdirSync(join(tree, 'DEBIAN'));
  writeFileSync(join(tree, 'DEBIAN/control'), control(manifest, architecture, libraries(tree), kibibytes));
  const sums = files.map(
    (file) => `${createHash('md5').update(readFileSync(file)).digest('hex')}  ${relative(tree, file)}`,
  );
  writeFileSync(join(tree, 'DEBIAN/md5sums'), `${sums.join('\n')}\n`);
  return { tree, version: manifest.version, architecture };
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await setUp({ need: ['dependencies', 'native', 'build'] });
  const { tree, version, architecture } = stage();
  console.log(`staged in ${relative(root, tree)}`);
  if (!process.argv.includes('--stage')) {
    mkdirSync(join(root, 'dist'), { recursive: true });
    const made = `dist/eigenscope_${version}_${architecture}.deb`;
    said('dpkg-deb', ['--root-owner-group', '--build', tree, join(root, made)]);
    console.log(`${made}, ${(statSync(join(root, made)).size / 1e6).toFixed(1)} MB`);
  }
}
