/**
 * The repository's own rules, which no general tool knows: what may be committed, what a link must reach,
 * how files are named.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, normalize } from 'node:path';

const textual =
  /\.(ts|mts|cts|js|mjs|cjs|svelte|html|css|json|md|csv|yml|yaml|cc|h|py|txt|sh|cmake)$|(^|\/)(\.npmrc|\.gitignore|run|CMakeLists\.txt|LICENSE)$/;
const code = /\.(ts|js|mjs|cjs|svelte)$/;

/** Files that git tracks or would track, sorted, deleted ones left out. */
export function repositoryFiles(root) {
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  return [...new Set(listed.split('\0'))].filter((path) => path !== '' && isFile(join(root, path))).sort();
}

function isFile(path) {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}

/** Every violation as `path:line: what is wrong`. */
export function repositoryProblems(root) {
  const problems = [];
  const files = repositoryFiles(root);
  for (const path of files) {
    problems.push(...namingProblems(path));
    if (!textual.test(path)) continue;
    const text = readFileSync(join(root, path), 'utf8');
    for (const rule of lineRules) {
      if (!rule.applies(path)) continue;
      text.split('\n').forEach((line, index) => {
        if (rule.pattern.test(line)) problems.push(`${path}:${index + 1}: ${rule.message}`);
      });
    }
    if (path.endsWith('.md')) problems.push(...linkProblems(root, path, text));
  }
  return problems;
}

// Patterns are put together from parts so that this file does not break its own rules.
const lineRules = [
  {
    applies: (path) => path === 'package-lock.json',
    pattern: /"resolved": "(?!file:)/,
    message: 'the lock file names a registry; install with omit-lockfile-registry-resolved=true (.npmrc)',
  },
  {
    applies: () => true,
    pattern: new RegExp(
      [
        '(^|[\\s"\'`(=:])/(work|root|home/[a-z][\\w-]*|Users/[a-z][\\w-]*|tmp/[a-z]\\w*)/',
        '[A-Z]:\\\\{1,2}Users\\\\',
      ].join('|'),
      'i',
    ),
    message: 'a path of one machine',
  },
  {
    applies: (path) => path !== 'package-lock.json',
    pattern: new RegExp(
      ['https?://[^\\s"\'`)]*(registr', 'y|art', 'ifactory|nex', 'us)[^\\s"\'`)]*|^regis', 'try='].join(''),
    ),
    message: 'the address of a package registry',
  },
  {
    applies: (path) => path.startsWith('test/') && code.test(path),
    pattern: /\b(describe|it|test|suite|bench)(\.\w+)*\.(only|skip|todo|fails)\b/,
    message: 'a test that is left out or runs alone',
  },
  {
    applies: (path) => code.test(path),
    pattern: /eslint-disable(?!.* -- \S)/,
    message: 'a disabled rule without its reason (eslint-disable-next-line rule -- reason)',
  },
  {
    applies: (path) => path.startsWith('src/') && path !== 'src/engine/native.ts',
    pattern: /eigenscope\.node\b|process\.dlopen/,
    message: 'the addon is loaded only by src/engine/native.ts',
  },
  {
    applies: (path) => /^src\/renderer\/.*\.(html|css|svelte)$/.test(path),
    pattern: /\b(src|href)=["']https?:|url\(\s*["']?https?:|@import\s+["']https?:/,
    message: 'a remote load; the page must work with no network',
  },
];

/** What lies at the top: the rooms, and the files that tools look for there. */
const top = new Set(
  (
    '.ci docs native packaging python samples scripts src test .dependency-cruiser.cjs .gitignore .npmrc .prettierignore ' +
    '.prettierrc.json CONTRIBUTING.md LICENSE README.md electron-builder.yml electron.vite.config.ts eslint.config.js ' +
    'package-lock.json package.json tsconfig.base.json vitest.config.ts'
  ).split(' '),
);

function namingProblems(path) {
  const name = basename(path);
  const found = [];
  if (!top.has(path.split('/')[0])) found.push(`${path}:1: nothing of that name belongs at the top of the repository`);
  if (/^(src|test|scripts)\//.test(path)) {
    if (/\.(ts|mjs)$/.test(name) && !/^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)*$/.test(name)) {
      found.push(`${path}:1: file names are kebab-case`);
    }
    if (name.endsWith('.svelte') && !/^[A-Z][A-Za-z0-9]*\.svelte$/.test(name)) {
      found.push(`${path}:1: component names are PascalCase`);
    }
    if (/(^|-)(utils?|helpers?|managers?|misc)(\.|-|$)/i.test(name)) {
      found.push(`${path}:1: a name that says nothing; name the idea`);
    }
  }
  return found;
}

function linkProblems(root, path, text) {
  const found = [];
  const scripts = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).scripts ?? {};
  let fenced = false;
  text.split('\n').forEach((line, index) => {
    const at = `${path}:${index + 1}`;
    for (const [, script] of line.matchAll(/\bnpm run ([a-z][\w:-]*)/g)) {
      if (!(script in scripts)) found.push(`${at}: package.json has no script "${script}"`);
    }
    if (/^\s*```/.test(line)) fenced = !fenced;
    if (fenced) return;
    for (const [, target] of line.matchAll(/\]\(<?([^)>\s]+)>?(?:\s+"[^"]*")?\)/g)) {
      if (/^[a-z][a-z+.-]*:/i.test(target)) continue;
      const [file, anchor] = target.split('#');
      const to = file === '' ? path : normalize(join(dirname(path), decodeURIComponent(file)));
      if (to.startsWith('..') || !existsSync(join(root, to))) found.push(`${at}: link to ${target} leads nowhere`);
      else if (anchor && to.endsWith('.md') && !anchors(readFileSync(join(root, to), 'utf8')).has(anchor)) {
        found.push(`${at}: ${to} has no heading #${anchor}`);
      }
    }
  });
  return found;
}

/** Heading anchors as the common Markdown hosts make them. */
function anchors(markdown) {
  return new Set(
    [...markdown.matchAll(/^#{1,6}\s+(.+)$/gm)].map(([, heading]) =>
      heading
        .toLowerCase()
        .replace(/[^\p{L}\p{N}\s_-]/gu, '')
        .trim()
        .replace(/\s/g, '-'),
    ),
  );
}
