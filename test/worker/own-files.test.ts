/** Files of a person that are written where they lie, and seen to change. */
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { fateOf, ownFile, writeWhole } from '#worker/own-files.ts';

const folder = mkdtempSync(join(tmpdir(), 'eigenscope-own-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const bytes = (text: string) => new TextEncoder().encode(text);

describe("a person's own file", () => {
  it('keeps its permissions and its links when it is written again', async () => {
    const path = join(folder, 'a.ipynb');
    const link = join(folder, 'link.ipynb');
    await writeWhole(path, 'a.ipynb', bytes('one'));
    chmodSync(path, 0o640);
    symlinkSync(path, link);
    await writeWhole(link, 'link.ipynb', bytes('two'));
    expect(readFileSync(path, 'utf8')).toBe('two');
    if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o640);
    chmodSync(path, 0o444);
    await expect(writeWhole(link, 'link.ipynb', bytes('three'))).rejects.toMatchObject({
      code: 'io',
      message: 'link.ipynb is read-only',
    });
    expect(readFileSync(path, 'utf8')).toBe('two');
  });

  it('is seen to be written by others, and to be gone', async () => {
    const path = join(folder, 'b.py');
    writeFileSync(path, 'x = 1');
    const own = await ownFile(path, 'b.py');
    expect(await fateOf(own)).toBe('same');
    writeFileSync(path, 'x = 12');
    expect(await fateOf(own)).toBe('changed');
    rmSync(path);
    expect(await fateOf(own)).toBe('gone');
    await expect(ownFile(path, 'b.py')).rejects.toMatchObject({ code: 'io' });
  });
});
