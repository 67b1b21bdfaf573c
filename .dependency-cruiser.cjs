/** Who may import whom. The rooms are described in CONTRIBUTING.md. */

/** @type {(name: string, comment: string, from: object, to: object) => object} */
const forbid = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

const others = (...allowed) => ({ path: '^src/', pathNot: allowed.map((room) => `^src/${room}/`) });

module.exports = {
  forbidden: [
    forbid(
      'no-relative-import-across-rooms',
      'Cross a room by its name: #shared/…, #engine/… (package.json imports).',
      { path: '^src/([^/]+)/' },
      { path: '^src/', pathNot: '^src/$1/', dependencyTypesNot: ['aliased-subpath-import'] },
    ),
    forbid(
      'shared-imports-no-room',
      'shared is the ground: it knows no other room.',
      { path: '^src/shared/' },
      others('shared'),
    ),
    forbid(
      'shared-imports-nothing',
      'shared imports nothing but its own files; only wire.ts may use MessagePack.',
      { path: '^src/shared/', pathNot: '^src/shared/wire\\.ts$' },
      { pathNot: '^src/shared/' },
    ),
    forbid(
      'wire-imports-only-msgpack',
      'wire.ts may use @msgpack/msgpack and nothing else.',
      { path: '^src/shared/wire\\.ts$' },
      { pathNot: ['^src/shared/', '^node_modules/@msgpack/msgpack/'] },
    ),
    forbid(
      'preload-imports-shared',
      'preload may import shared.',
      { path: '^src/preload/' },
      others('preload', 'shared'),
    ),
    forbid(
      'preload-requires-only-electron',
      'preload is one sandboxed file that requires only electron.',
      { path: '^src/preload/' },
      { pathNot: ['^src/', '^node_modules/electron/', '^electron$'] },
    ),
    forbid(
      'renderer-imports-shared',
      'renderer may import shared.',
      { path: '^src/renderer/' },
      others('renderer', 'shared'),
    ),
    forbid(
      'renderer-has-no-node',
      'renderer runs in a page: no Node modules, no electron.',
      { path: '^src/renderer/' },
      { dependencyTypes: ['core'] },
    ),
    forbid(
      'electron-stays-in-its-shell',
      'Only main and preload know electron.',
      { path: '^src/(shared|engine|worker|renderer)/' },
      { path: ['^node_modules/electron/', '^electron$'] },
    ),
    forbid(
      'main-imports-shared',
      'main may import shared; the worker is only a path to fork.',
      { path: '^src/main/' },
      others('main', 'shared'),
    ),
    forbid(
      'worker-imports-engine',
      'worker may import shared and engine.',
      { path: '^src/worker/' },
      others('worker', 'shared', 'engine'),
    ),
    forbid('engine-imports-shared', 'engine may import shared.', { path: '^src/engine/' }, others('engine', 'shared')),
    forbid(
      'addon-through-native',
      'The addon is reached only through src/engine/native.ts.',
      { path: '^src/', pathNot: '^src/engine/native\\.ts$' },
      { path: ['\\.node$', '^native/', '^build/native/'] },
    ),
    forbid(
      'worker-packages-are-declared',
      'What runs outside the page is not bundled away: it belongs under dependencies.',
      { path: '^src/(main|worker|engine|shared)/' },
      {
        dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'],
        dependencyTypesNot: ['type-only'],
        pathNot: '^node_modules/electron/',
      },
    ),
    forbid(
      'no-circles',
      'A circle of imports.',
      {},
      { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    ),
    forbid('no-unresolved', 'An import that leads nowhere.', {}, { couldNotResolve: true, pathNot: '^electron$' }),
    forbid(
      'source-imports-no-test',
      'Source never imports tests or scripts.',
      { path: '^src/' },
      { path: '^(test|scripts)/' },
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: 'specify',
    tsConfig: { fileName: 'tsconfig.base.json' },
    moduleSystems: ['es6', 'cjs'],
    combinedDependencies: false,
    preserveSymlinks: true,
    enhancedResolveOptions: {
      conditionNames: ['import', 'svelte', 'node', 'default', 'types'],
      exportsFields: ['exports'],
    },
  },
};
