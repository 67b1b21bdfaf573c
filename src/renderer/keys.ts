/**
 * Shortcuts as commands write them: "Ctrl+Shift+Z", "F2", "Alt+1". "Ctrl" means the Command key on a Mac;
 * the key itself comes last, as `KeyboardEvent.key` names it, letters in upper case.
 */

const isMac = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.platform);

interface Combination {
  key: string;
  ctrl: boolean;
  shift: boolean;
  alt: boolean;
}

const named: Readonly<Record<string, string>> = {
  Up: 'ArrowUp',
  Down: 'ArrowDown',
  Left: 'ArrowLeft',
  Right: 'ArrowRight',
  Plus: '+',
  Space: ' ',
};

function parse(keys: string): Combination {
  const parts = keys.split('+');
  const last = parts.at(-1) ?? '';
  const key = named[last] ?? last;
  return { key, ctrl: parts.includes('Ctrl'), shift: parts.includes('Shift'), alt: parts.includes('Alt') };
}

/** Does the event press exactly these keys? Digits and letters are also found by their place, for other layouts. */
export function pressed(keys: string, event: KeyboardEvent, mac = isMac): boolean {
  const wanted = parse(keys);
  const command = mac ? event.metaKey : event.ctrlKey;
  const other = mac ? event.ctrlKey : event.metaKey;
  if (command !== wanted.ctrl || other || event.altKey !== wanted.alt) return false;
  // What Shift makes of a sign ("?", "+") is already in the key.
  const isSign = wanted.key.length === 1 && !/[A-Z0-9 ]/.test(wanted.key);
  if (!isSign && event.shiftKey !== wanted.shift) return false;
  if (event.key.length === 1 && event.key.toUpperCase() === wanted.key) return true;
  if (event.key === wanted.key) return true;
  const latin = /^[a-z0-9]$/i.test(event.key);
  return !latin && (event.code === `Key${wanted.key}` || event.code === `Digit${wanted.key}`);
}

/** As this machine writes them: "Ctrl Shift Z", on a Mac "⇧⌘Z". */
export function shownKeys(keys: string, mac = isMac): string {
  const { key, ctrl, shift, alt } = parse(keys);
  const arrows: Record<string, string> = {
    ArrowUp: '↑',
    ArrowDown: '↓',
    ArrowLeft: '←',
    ArrowRight: '→',
    ' ': 'Space',
    Delete: mac ? '⌫' : 'Del',
    Escape: 'Esc',
  };
  const name = arrows[key] ?? key;
  if (mac) return `${alt ? '⌥' : ''}${shift ? '⇧' : ''}${ctrl ? '⌘' : ''}${name}`;
  return [...(ctrl ? ['Ctrl'] : []), ...(alt ? ['Alt'] : []), ...(shift ? ['Shift'] : []), name].join(' ');
}

/** As Electron writes accelerators: "CmdOrCtrl+Shift+Z". */
export function accelerator(keys: string): string {
  return keys.replace('Ctrl', 'CmdOrCtrl');
}

/** As `aria-keyshortcuts` wants them: "Control+Shift+Z". */
export function ariaKeys(keys: string, mac = isMac): string {
  return keys.replace('Ctrl', mac ? 'Meta' : 'Control');
}

/** Is the person typing there, so that plain keys and the text's own undo belong to it? */
export function takesText(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement) return true;
  return (
    target instanceof HTMLInputElement &&
    !['checkbox', 'radio', 'range', 'button', 'submit', 'color'].includes(target.type)
  );
}
