import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/**
 * Where sessions, recent files and window states are kept, absolute: `EIGENSCOPE_HOME` when set,
 * otherwise the place each system gives to applications.
 */
export function dataFolder(env: NodeJS.ProcessEnv = process.env, platform: NodeJS.Platform = process.platform): string {
  if (env['EIGENSCOPE_HOME']) return resolve(env['EIGENSCOPE_HOME']);
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'eigenscope');
  if (platform === 'win32') return join(env['APPDATA'] ?? join(homedir(), 'AppData', 'Roaming'), 'eigenscope');
  return join(env['XDG_DATA_HOME'] || join(homedir(), '.local', 'share'), 'eigenscope');
}
