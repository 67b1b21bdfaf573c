/** The browser window stands at the same port each time, so that what the page stored is there again. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { keepPort, keptPort } from '#main/kept-port.ts';

it('a port is kept; what is none is any free one', () => {
  const data = mkdtempSync(join(tmpdir(), 'eigenscope-port-'));
  onTestFinished(() => rmSync(data, { recursive: true }));
  expect(keptPort(data)).toBe(0);
  keepPort(data, 43210);
  expect(keptPort(data)).toBe(43210);
  for (const text of ['', '80', '70000', '43210\nx', '-4000']) {
    writeFileSync(join(data, 'port'), text);
    expect(keptPort(data), text).toBe(0);
  }
  keepPort(join(data, 'missing'), 43210);
});
