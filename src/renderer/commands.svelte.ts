/** Everything a person can do, by one name: menus, shortcuts and the palette all show this one list. */
import { SvelteMap } from 'svelte/reactivity';
import type { Menu, MenuItem } from '#shared/shell.ts';
import { accelerator, pressed, takesText } from './keys.ts';

export const menuNames = ['File', 'Edit', 'Matrix', 'Python', 'View', 'Help'] as const;
export type MenuName = (typeof menuNames)[number];

export interface Command {
  /** Dotted and stable: "file.open", "linalg.svd". */
  id: string;
  /** As menus write it: "Open…", with the dots where a question follows. */
  title: string | (() => string);
  /** The menu it stands in; without one it is found in the palette and by its keys. */
  menu?: MenuName;
  /** Commands of one group stand together, groups in ascending order, a line between them. */
  group?: number;
  /** The first is shown; the others work as well. */
  keys?: string | readonly string[] | (() => string | readonly string[] | undefined);
  /** The platform itself acts on its keys (cut, copy, paste); they are only shown. */
  native?: boolean;
  /** Its keys reach it also while the person types in a field. */
  whileTyping?: boolean;
  enabled?: () => boolean;
  /** Makes it a switch that shows a tick. */
  checked?: () => boolean;
  /** Not worth a line in the palette (the palette itself, say). */
  hidden?: boolean;
  run: () => void | Promise<void>;
}

const registered = new SvelteMap<string, Command>();
let failed: (command: Command, error: unknown) => void = (_, error) => {
  throw error;
};

/**
 * Adds a command; returns the way to take it back (views do when they leave). The id given again replaces.
 * @example
 * onMount(() => registerCommand({ id: 'grid.go-to', title: 'Go to cell…', menu: 'Edit', keys: 'Ctrl+G', run: ask }));
 */
export function registerCommand(command: Command): () => void {
  registered.set(command.id, command);
  return () => {
    if (registered.get(command.id) === command) registered.delete(command.id);
  };
}

/** Adds several at once; returns the way to take all of them back. */
export function registerCommands(commands: readonly Command[]): () => void {
  const undo = commands.map(registerCommand);
  return () => undo.forEach((each) => each());
}

/** Where errors of commands go: the frame shows them. */
export function onCommandError(callback: (command: Command, error: unknown) => void): void {
  failed = callback;
}

export const allCommands = (): Command[] => [...registered.values()];
export const titleOf = (command: Command): string =>
  typeof command.title === 'string' ? command.title : command.title();
export const isEnabled = (command: Command): boolean => command.enabled?.() ?? true;

/** Its shortcuts, the one to show first. */
export function keysOf(command: Command): readonly string[] {
  const keys = typeof command.keys === 'function' ? command.keys() : command.keys;
  return keys === undefined ? [] : typeof keys === 'string' ? [keys] : keys;
}

/** Runs a command by its id if it is there and enabled; errors go where `onCommandError` says. */
export function runCommand(id: string): void {
  const command = registered.get(id);
  if (command === undefined || !isEnabled(command)) return;
  try {
    const running = command.run();
    if (running instanceof Promise) running.catch((error: unknown) => failed(command, error));
  } catch (error) {
    failed(command, error);
  }
}

/** Commands of a menu in groups, as they stand in it. */
export function menuGroups(menu: MenuName): Command[][] {
  const groups = new Map<number, Command[]>();
  for (const command of registered.values()) {
    if (command.menu !== menu) continue;
    const group = command.group ?? 50;
    groups.set(group, [...(groups.get(group) ?? []), command]);
  }
  return [...groups].sort(([a], [b]) => a - b).map(([, commands]) => commands);
}

/** All menus as the native menu of a window takes them. */
export function nativeMenus(): Menu[] {
  const separator: MenuItem = { command: null, label: '', enabled: false };
  return menuNames.map((label) => ({
    label,
    items: menuGroups(label).flatMap((group, index) => [...(index === 0 ? [] : [separator]), ...group.map(nativeItem)]),
  }));
}

function nativeItem(command: Command): MenuItem {
  const [keys] = keysOf(command);
  return {
    command: command.id,
    label: titleOf(command),
    enabled: isEnabled(command),
    ...(keys === undefined ? {} : { accelerator: accelerator(keys) }),
    ...(command.checked === undefined ? {} : { checked: command.checked() }),
  };
}

/**
 * Runs the command whose keys were pressed; true when there was one. For the window's keydown. What was
 * registered last comes first: the view being looked at before the frame.
 */
export function pressCommand(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.isComposing) return false;
  const typing = takesText(event.target);
  const meant = [...registered.values()]
    .reverse()
    .filter(
      (command) =>
        command.native !== true &&
        (!typing || command.whileTyping === true) &&
        keysOf(command).some((keys) => pressed(keys, event)),
    );
  if (meant.length === 0) return false;
  // Also when nothing can be done now: the browser's own meaning (saving the page, say) is never wanted.
  event.preventDefault();
  const able = meant.find(isEnabled);
  if (able !== undefined) runCommand(able.id);
  return true;
}
