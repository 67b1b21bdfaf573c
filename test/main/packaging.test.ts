import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from './window.ts';

const root = resolve(import.meta.dirname, '../..');
const require = createRequire(join(root, 'package.json'));

interface BuilderConfig {
  getConfig(folder: string, file: string | null, given: unknown): Promise<Record<string, unknown>>;
  validateConfiguration(config: unknown, logger: unknown): Promise<void>;
}
// electron-builder's own way to read and check; it has no public name.
const builderFolder = dirname(require.resolve('app-builder-lib/package.json'));
const builder = require(join(builderFolder, 'out/util/config/config.js')) as BuilderConfig;
const logger = { isEnabled: false, add: () => {} };
const config = await builder.getConfig(root, null, null);

describe('electron-builder.yml', () => {
  it('is valid by the schema of electron-builder', async () => {
    await expect(builder.validateConfiguration(config, logger)).resolves.toBeUndefined();
    await expect(
      builder.validateConfiguration({ ...config, electronFuses: { runAsnode: false } }, logger),
    ).rejects.toThrow('configuration.electronFuses');
  });

  it('closes every door of the program', () => {
    expect(config['electronFuses']).toEqual({
      runAsNode: false,
      enableCookieEncryption: true,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
      loadBrowserProcessSpecificV8Snapshot: false,
      grantFileProtocolExtraPrivileges: false,
    });
  });

  it('makes an installer for each system', () => {
    expect(config['linux']).toMatchObject({ target: ['AppImage', 'deb'] });
    expect(config['win']).toMatchObject({ target: ['nsis'] });
    expect(config['mac']).toMatchObject({ target: ['dmg'] });
  });

  it('keeps what the system loads out of the archive, and names files that exist', () => {
    const unpacked = config['asarUnpack'] as string[];
    for (const path of [
      'build/bundle/**',
      'build/native/**',
      'node_modules/sharp/**',
      'node_modules/@img/**',
      'node_modules/pyodide/**',
      'out/python/**',
    ]) {
      expect(unpacked).toContain(path);
    }
    const files = config['files'] as (string | { from: string; to: string })[];
    expect(files).toContainEqual({ from: 'build/bundle', to: 'build/native' });
    expect(files[0]).toMatchObject({ filter: expect.arrayContaining(['out/python/**/*']) as string[] });
    expect(existsSync(join(root, 'packaging/icon.png'))).toBe(true);
    expect(existsSync(join(root, config['beforePack'] as string))).toBe(true);
    const { main } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { main: string };
    expect(main).toBe('out/main/index.js');
  });
});

describe.skipIf(process.platform !== 'linux')('the gathered addon', () => {
  it('loads with its libraries from any folder, whatever the system holds', { timeout: 60_000 }, () => {
    const gathered = spawnSync(process.execPath, ['scripts/bundle-libraries.mjs'], { cwd: root, encoding: 'utf8' });
    expect(gathered.stderr).toBe('');
    expect(gathered.stdout).toContain('loads by itself: OpenBLAS');
    const folder = temporaryFolder();
    const names = /: (.*)\n/.exec(gathered.stdout)?.[1]?.split(', ') ?? [];
    for (const name of names) copyFileSync(join(root, 'build/bundle', name), join(folder.path, name));
    expect(names.some((name) => name.startsWith('libopenblas'))).toBe(true);
    const { stdout } = spawnSync('ldd', [join(folder.path, 'eigenscope.node')], {
      encoding: 'utf8',
      env: { ...process.env, LD_LIBRARY_PATH: '' },
    });
    for (const name of names.filter((candidate) => candidate.startsWith('lib'))) {
      expect(stdout).toContain(`${name} => ${join(folder.path, name)}`);
    }
    folder.remove();
  });
});

const hasDebianTools = ['dpkg-shlibdeps', 'dpkg-deb'].every((name) => spawnSync(name, ['--version']).status === 0);

describe.skipIf(!hasDebianTools)('the light Debian package', () => {
  it('holds what runs, and its programs run from where it is laid', { timeout: 120_000 }, () => {
    const staged = spawnSync(process.execPath, ['scripts/package-deb.mjs', '--stage'], { cwd: root, encoding: 'utf8' });
    expect(staged.stderr).toBe('');
    const tree = join(root, 'build/deb/root');
    const control = readFileSync(join(tree, 'DEBIAN/control'), 'utf8');
    expect(control).toMatch(/^Depends: .*libopenblas0.*, nodejs \(>= 20\.19\)$/m);
    expect(control).toMatch(/^Recommends: chromium /m);
    const home = join(tree, 'usr/lib/eigenscope');
    expect(existsSync(join(home, 'node_modules/electron'))).toBe(false);

    const code = 'import numpy as np; print(np.linalg.matrix_rank(np.arange(9.).reshape(3, 3)))';
    const ran = spawnSync(process.execPath, [join(home, 'cli.mjs'), '-c', code], { encoding: 'utf8', cwd: '/' });
    expect(ran).toMatchObject({ stdout: '2\n', stderr: '', status: 0 });
    const help = spawnSync(process.execPath, [join(home, 'out/main/browser.js'), '--help'], { encoding: 'utf8' });
    expect(help.stdout).toContain('--no-open');
    expect(readFileSync(join(tree, 'usr/bin/eigenscope'), 'utf8')).toContain('/usr/lib/eigenscope/out/main/browser.js');
  });
});
