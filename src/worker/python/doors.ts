/** What Python code may not reach from here: other programs, the network, and JavaScript itself. */

interface Settings {
  instantiateWasm?: (imports: Imports, done: (...given: never[]) => unknown) => unknown;
}
type Imports = Record<string, Record<string, unknown>>;
type CreateModule = (settings: Settings) => Promise<unknown>;

/** Error numbers as WebAssembly's C library knows them. */
const errno = { ENOSYS: 52, ENETUNREACH: 40 } as const;

/**
 * Pyodide's module without the system calls by which it starts programs (`os.system`) and opens sockets: under Node
 * they would be real.
 */
export function withoutDoors(create: CreateModule): CreateModule {
  return (settings) => {
    const instantiate = settings.instantiateWasm;
    if (instantiate === undefined) throw new Error('Pyodide instantiates its WebAssembly in another way now');
    return create({
      ...settings,
      instantiateWasm(imports, done) {
        const refuse = (number: number) => () => -number;
        for (const part of Object.values(imports)) {
          if ('_emscripten_system' in part) part['_emscripten_system'] = refuse(errno.ENOSYS);
          for (const call of ['connect', 'bind', 'sendto', 'listen']) {
            if (`__syscall_${call}` in part) part[`__syscall_${call}`] = refuse(errno.ENETUNREACH);
          }
        }
        return instantiate(imports, done);
      },
    });
  };
}

/**
 * Takes away the ways from any JavaScript function that Python holds to a compiler of JavaScript:
 * `f.constructor('…')()`. Names that this thread's own code uses stay.
 */
export function lockConstructors(): void {
  const kinds = [
    () => undefined,
    async () => undefined,
    function* () {
      yield undefined;
    },
    async function* () {
      yield undefined;
    },
  ];
  for (const kind of kinds) Reflect.deleteProperty(Object.getPrototypeOf(kind) as object, 'constructor');
}

/** Run once in Python: no `js`, no way to evaluate JavaScript, no package loader that would ask the network. */
export const closeInPython = `
def close():
    import sys
    import pyodide.code, pyodide.ffi, _pyodide._importhook as hook
    def refuse(*args, **kwargs):
        raise PermissionError('JavaScript cannot be reached from here')
    hook.unregister_js_module('js')
    hook.unregister_js_module('pyodide_js')
    for name in ('run_js',):
        for module in (pyodide.code, sys.modules.get('_pyodide_core'), sys.modules.get('_pyodide._core_docs')):
            if hasattr(module, name):
                setattr(module, name, refuse)
    for name in ('js', 'pyodide_js', 'pyodide.http', 'pyodide._package_loader', 'pyodide.webloop'):
        sys.modules[name] = None
close()
del close
`;
