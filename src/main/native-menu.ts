/** The native menu: a mirror of the page's, with what only the system can do added. */
import type { MenuItemConstructorOptions } from 'electron';
import type { Menu, MenuItem } from '#shared/shell.ts';

function isItem(value: unknown): value is MenuItem {
  const item = value as Partial<MenuItem> | null;
  return (
    typeof item === 'object' &&
    item !== null &&
    (item.command === null || typeof item.command === 'string') &&
    typeof item.label === 'string' &&
    typeof item.enabled === 'boolean' &&
    (item.accelerator === undefined || typeof item.accelerator === 'string') &&
    (item.checked === undefined || typeof item.checked === 'boolean')
  );
}

/** True for what the page may give as its menus; it comes over a process boundary, so it is looked at. */
export function areMenus(value: unknown): value is Menu[] {
  return (
    Array.isArray(value) &&
    value.length <= 20 &&
    value.every((menu: Partial<Menu> | null) => {
      return (
        typeof menu?.label === 'string' &&
        Array.isArray(menu.items) &&
        menu.items.length <= 100 &&
        menu.items.every(isItem)
      );
    })
  );
}

/** `&` marks a letter in native menus; a label that holds one must show it. */
const literal = (label: string) => label.replaceAll('&', '&&');

function toNative(item: MenuItem, choose: (command: string) => void): MenuItemConstructorOptions {
  const { command } = item;
  if (command === null) return { type: 'separator' };
  const native: MenuItemConstructorOptions = {
    label: literal(item.label),
    enabled: item.enabled,
    click: () => choose(command),
    // The page listens to the keys itself; the menu only shows them. Otherwise a key would run its command twice.
    registerAccelerator: false,
  };
  if (item.accelerator !== undefined) native.accelerator = item.accelerator;
  if (item.checked !== undefined) Object.assign(native, { type: 'checkbox', checked: item.checked });
  return native;
}

/** The template of the native menu; `choose` gets the command of the item a person picked. */
export function menuTemplate(
  menus: readonly Menu[],
  choose: (command: string) => void,
  newWindow: () => void,
  platform: NodeJS.Platform = process.platform,
): MenuItemConstructorOptions[] {
  const template: MenuItemConstructorOptions[] = menus.map(({ label, items }) => ({
    label: literal(label),
    submenu: items.map((item) => toNative(item, choose)),
  }));
  template.push({
    label: 'Window',
    role: 'windowMenu',
    submenu: [
      { label: 'New Window', accelerator: 'CmdOrCtrl+Shift+N', click: newWindow },
      { type: 'separator' },
      { role: 'minimize' },
      { role: 'zoom' },
      { role: 'togglefullscreen' },
      { role: 'close' },
    ],
  });
  if (platform === 'darwin') {
    template.unshift({ role: 'appMenu' });
    // macOS gives text fields these keys only through a menu that has them.
    const edit = template.find(({ label }) => label === 'Edit');
    const roles = (['cut', 'copy', 'paste', 'selectAll'] as const).map((role) => ({
      role,
      visible: false,
      acceleratorWorksWhenHidden: true,
    }));
    if (edit && Array.isArray(edit.submenu)) edit.submenu.push(...roles);
  }
  return template;
}
