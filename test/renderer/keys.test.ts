import { describe, expect, it } from 'vitest';
import { accelerator, ariaKeys, pressed, shownKeys } from '#renderer/keys.ts';

const key = (key: string, more: Partial<KeyboardEvent> = {}): KeyboardEvent =>
  ({ key, code: '', ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...more }) as KeyboardEvent;

describe('pressed', () => {
  it('wants exactly the modifiers named', () => {
    expect(pressed('Ctrl+Z', key('z', { ctrlKey: true }), false)).toBe(true);
    expect(pressed('Ctrl+Z', key('Z', { ctrlKey: true, shiftKey: true }), false)).toBe(false);
    expect(pressed('Ctrl+Shift+Z', key('Z', { ctrlKey: true, shiftKey: true }), false)).toBe(true);
    expect(pressed('Ctrl+Z', key('z'), false)).toBe(false);
    expect(pressed('Ctrl+Z', key('z', { ctrlKey: true, altKey: true }), false)).toBe(false);
    expect(pressed('F2', key('F2'), false)).toBe(true);
  });

  it('takes the Command key on a Mac, and only there', () => {
    expect(pressed('Ctrl+K', key('k', { metaKey: true }), true)).toBe(true);
    expect(pressed('Ctrl+K', key('k', { ctrlKey: true }), true)).toBe(false);
    expect(pressed('Ctrl+K', key('k', { metaKey: true }), false)).toBe(false);
  });

  it('finds signs whatever Shift does, and letters by place on other layouts', () => {
    expect(pressed('?', key('?', { shiftKey: true }), false)).toBe(true);
    expect(pressed('Ctrl+Z', key('я', { ctrlKey: true, code: 'KeyZ' }), false)).toBe(true);
    // On a French keyboard the key at Z's place writes W: there it is W that counts.
    expect(pressed('Ctrl+Z', key('w', { ctrlKey: true, code: 'KeyZ' }), false)).toBe(false);
    expect(pressed('Alt+1', key('¡', { altKey: true, code: 'Digit1' }), false)).toBe(true);
  });
});

describe('shortcuts as text', () => {
  it('is written as the machine does', () => {
    expect(shownKeys('Ctrl+Shift+Z', false)).toBe('Ctrl Shift Z');
    expect(shownKeys('Ctrl+Shift+Z', true)).toBe('⇧⌘Z');
    expect(shownKeys('Delete', false)).toBe('Del');
    expect(accelerator('Ctrl+O')).toBe('CmdOrCtrl+O');
    expect(ariaKeys('Ctrl+O', false)).toBe('Control+O');
    expect(ariaKeys('Ctrl+O', true)).toBe('Meta+O');
  });
});
