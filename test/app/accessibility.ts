import { type Page } from 'playwright-core';

interface Node {
  ignored: boolean;
  role?: { value: string };
  name?: { value: string };
  backendDOMNodeId?: number;
}

const roles = new Set([
  ...['button', 'checkbox', 'combobox', 'dialog', 'link', 'menuitem', 'menuitemcheckbox', 'menuitemradio', 'option'],
  ...[
    'radio',
    'searchbox',
    'slider',
    'spinbutton',
    'switch',
    'tab',
    'textbox',
    'img',
    'grid',
    'listbox',
    'progressbar',
  ],
]);

/** The controls and pictures that a screen reader could not name, as short pieces of their HTML. */
export async function unnamedControls(page: Page): Promise<string[]> {
  const session = await page.context().newCDPSession(page);
  try {
    const { nodes } = (await session.send('Accessibility.getFullAXTree')) as { nodes: Node[] };
    const found: string[] = [];
    for (const node of nodes) {
      if (node.ignored || !roles.has(node.role?.value ?? '') || (node.name?.value ?? '').trim() !== '') continue;
      if (node.backendDOMNodeId === undefined) continue;
      const { outerHTML } = await session.send('DOM.getOuterHTML', { backendNodeId: node.backendDOMNodeId });
      found.push(`${node.role?.value}: ${outerHTML.slice(0, 160)}`);
    }
    return found;
  } finally {
    await session.detach();
  }
}

/** True when nothing of the page lies beyond its right edge. */
export async function fitsAcross(page: Page): Promise<boolean> {
  return page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth);
}

/**
 * Where the page's headings skip a level downwards, and what can take the focus between a grid and its rows: both
 * lose a person who listens to the page.
 */
export async function brokenStructure(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    let last = 0;
    for (const heading of document.querySelectorAll<HTMLElement>('h1, h2, h3, h4, h5, h6')) {
      if (!heading.checkVisibility()) continue;
      const level = Number(heading.tagName[1]);
      if (last > 0 && level > last + 1) found.push(`h${last}, then h${level} ${heading.textContent.trim()}`);
      last = level;
    }
    for (const row of document.querySelectorAll('[role=grid] :is([role=row], [role=rowgroup])')) {
      const grid = row.closest('[role=grid]');
      for (let between = row.parentElement; between !== null && between !== grid; between = between.parentElement) {
        if (between.hasAttribute('tabindex')) found.push(`focusable in a grid: ${between.outerHTML.slice(0, 120)}`);
      }
    }
    return [...new Set(found)];
  });
}
