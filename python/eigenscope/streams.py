"""Standard input and output of code that runs in a page."""

import io
import sys
import time

import _eigenscope_host as host


# A line costs a call into JavaScript each; after so many that come close together they go out by the hundred.
_free = 100
_regain = 200.0
_gathered = 512
_patience = 0.05
_clock = time.perf_counter


class Output(io.TextIOBase):
    """Text to the page, a line at a time, as a terminal gets it; a flood of lines in blocks."""

    encoding = 'utf-8'
    errors = 'strict'
    newlines = None
    # The stream that was written to last.
    _latest = None

    def __init__(self, name):
        self.name = f'<{name}>'
        self._stream = name
        self._parts = []
        self._credit = _free
        self._last = _clock()
        self.buffer = _Bytes(self)

    def writable(self):
        return True

    def write(self, text):
        if not isinstance(text, str):
            raise TypeError(f'write() argument must be str, not {type(text).__name__}')
        if Output._latest is not self:
            # What went to the other stream before comes before.
            if Output._latest is not None:
                Output._latest.flush()
            Output._latest = self
        parts = self._parts
        parts.append(text)
        if len(parts) > _gathered or (text[-1:] == '\n' and (self._credit >= 1 or _clock() - self._last > _patience)):
            self.flush()
        return len(text)

    def flush(self):
        if self._parts:
            now = _clock()
            self._credit = min(_free, self._credit + (now - self._last) * _regain) - 1
            self._last = now
            text = ''.join(self._parts)
            self._parts.clear()
            host.write(self._stream, text)

    def close(self):
        # What a person closes by mistake goes on working in the next cell.
        self.flush()


class _Bytes(io.RawIOBase):
    """The stream's bytes, for code that writes to `sys.stdout.buffer`."""

    def __init__(self, text):
        self._text = text

    def writable(self):
        return True

    def write(self, data):
        self._text.write(bytes(data).decode('utf-8', 'replace'))
        return len(data)


class Input(io.TextIOBase):
    """Lines that the person types into the page."""

    encoding = 'utf-8'
    errors = 'strict'
    name = '<stdin>'

    def readable(self):
        return True

    def readline(self, size=-1):
        _flush()
        line = host.input('', False)
        if line is None:
            return ''
        return f'{line}\n'[: None if size is None or size < 0 else size]

    def read(self, size=-1):
        if size is not None and size >= 0:
            return self.readline(size)
        return ''.join(iter(self.readline, ''))

    def __next__(self):
        line = self.readline()
        if not line:
            raise StopIteration
        return line


def _flush():
    sys.stdout.flush()
    sys.stderr.flush()


def ask(prompt='', /):
    """The line that the person types, without its end."""
    return _ask(prompt, False)


def ask_secret(prompt='Password: ', stream=None, **_options):
    return _ask(prompt, True)


def _ask(prompt, secret):
    _flush()
    line = host.input(str(prompt), secret)
    if line is None:
        raise EOFError('EOF when reading a line')
    return line


def _sleep(seconds, /):
    """Delay execution for a given number of seconds."""
    if isinstance(seconds, str) or not hasattr(type(seconds), '__float__') and not hasattr(type(seconds), '__index__'):
        raise TypeError(f"'{type(seconds).__name__}' object cannot be interpreted as an integer or float")
    wait = float(seconds)
    if wait != wait:
        raise ValueError('Invalid value NaN (not a number)')
    if wait < 0:
        raise ValueError('sleep length must be non-negative')
    _flush()
    until = time.monotonic() + wait
    # In slices, so that Stop is heard.
    while (left := until - time.monotonic()) > 0:
        host.sleep(min(left, 0.05))


_sleep.__name__ = _sleep.__qualname__ = 'sleep'


def install_sleep():
    """Replaces the busy waiting of `time.sleep`."""
    time.sleep = _sleep


def install(builtins):
    """Puts the page in the place of the terminal."""
    sys.stdout = sys.__stdout__ = Output('stdout')
    sys.stderr = sys.__stderr__ = Output('stderr')
    sys.stdin = sys.__stdin__ = Input()
    builtins.input = ask
    install_sleep()
    import getpass

    getpass.getpass = ask_secret


# Past this the stack of the machine below would end before Python's own limit.
_deepest = 50_000


def limit_recursion():
    """Lets a person set any limit of recursion, and keeps it where it can still be heeded."""
    real = sys.setrecursionlimit
    wanted = [sys.getrecursionlimit()]

    def setrecursionlimit(limit, /):
        """Set the maximum depth of the Python interpreter stack to limit."""
        real(min(limit, _deepest) if isinstance(limit, int) else limit)
        wanted[0] = limit

    def getrecursionlimit():
        """Return the current value of the recursion limit."""
        return wanted[0]

    sys.setrecursionlimit = setrecursionlimit
    sys.getrecursionlimit = getrecursionlimit
