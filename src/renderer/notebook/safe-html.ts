/** HTML of others, reduced to text, tables and emphasis: no scripts, no styles, no addresses but links to read. */

const allowed = new Set(
  (
    'a abbr b blockquote br caption cite code col colgroup dd del details div dl dt em figcaption figure h1 h2 h3 h4 h5 h6 hr i ' +
    'img ins kbd li mark ol p pre q s samp small span strong sub summary sup table tbody td tfoot th thead tr tt u ul var'
  ).split(' '),
);
/** Their content is no text for people. */
const dropped = new Set('script style template noscript iframe object embed head title svg math form'.split(' '));
const attributes: Record<string, readonly string[]> = {
  td: ['colspan', 'rowspan'],
  th: ['colspan', 'rowspan', 'scope'],
  ol: ['start'],
  img: ['alt', 'width', 'height'],
};
const most = 200_000;

/**
 * The safe part of a text of HTML as nodes of the page. `pictures` gives what may be shown for the address of a
 * picture; others become their description.
 */
export function safeHtml(html: string, pictures: (address: string) => string | null = dataPicture): DocumentFragment {
  const parsed = new DOMParser().parseFromString(html, 'text/html');
  const result = document.createDocumentFragment();
  let left = most;
  // A list of what is to do instead of a recursion: hostile HTML may be nested without end.
  const work: [from: Node, to: Node][] = [...parsed.body.childNodes].reverse().map((node) => [node, result]);
  for (let next = work.pop(); next !== undefined && left > 0; next = work.pop()) {
    const [from, to] = next;
    left--;
    if (from instanceof Text) {
      to.appendChild(document.createTextNode(from.data));
      continue;
    }
    if (!(from instanceof Element)) continue;
    const tag = from.localName;
    if (dropped.has(tag)) continue;
    let into = to;
    if (allowed.has(tag)) {
      const made = clean(from, tag, pictures);
      to.appendChild(made);
      into = made;
    }
    for (const child of [...from.childNodes].reverse()) work.push([child, into]);
  }
  return result;
}

function clean(from: Element, tag: string, pictures: (address: string) => string | null): Element {
  if (tag === 'img') {
    const source = pictures(from.getAttribute('src') ?? '');
    if (source === null) {
      const words = document.createElement('em');
      words.textContent = `[picture: ${from.getAttribute('alt') || (from.getAttribute('src') ?? '').slice(0, 120)}]`;
      return words;
    }
    const picture = document.createElement('img');
    picture.src = source;
    copyAttributes(from, picture, tag);
    return picture;
  }
  const made = document.createElement(tag);
  copyAttributes(from, made, tag);
  // Places where mathematics is to be set, by our own Markdown.
  for (const name of ['data-tex', 'data-display']) {
    const value = from.getAttribute(name);
    if (value !== null && tag === 'span') made.setAttribute(name, value);
  }
  if (tag === 'a') {
    const address = from.getAttribute('href') ?? '';
    if (/^https?:\/\//i.test(address)) {
      (made as HTMLAnchorElement).href = address;
      made.setAttribute('rel', 'noopener noreferrer');
    }
  }
  return made;
}

function copyAttributes(from: Element, to: Element, tag: string): void {
  for (const name of attributes[tag] ?? []) {
    const value = from.getAttribute(name);
    if (value !== null && /^[\w %.-]{0,300}$/.test(value)) to.setAttribute(name, value);
  }
}

/** Pictures that bring their bytes along may be shown; an address would be loaded from elsewhere. */
export function dataPicture(address: string): string | null {
  return /^data:image\/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/=\s]+$/.test(address) ? address : null;
}
