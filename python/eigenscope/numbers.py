"""
Errors of the system with the numbers that Linux gives them: WebAssembly's are others, and scripts print them
(`[Errno 2] No such file or directory`).
"""

import builtins
import errno
import functools
import io
import os

_linux = {
    'EPERM': 1, 'ENOENT': 2, 'EINTR': 4, 'EIO': 5, 'EBADF': 9, 'EAGAIN': 11, 'ENOMEM': 12, 'EACCES': 13, 'EFAULT': 14, 'EBUSY': 16, 'EEXIST': 17, 'EXDEV': 18, 'ENODEV': 19,
    'ENOTDIR': 20, 'EISDIR': 21, 'EINVAL': 22, 'ENFILE': 23, 'EMFILE': 24, 'EFBIG': 27, 'ENOSPC': 28, 'ESPIPE': 29, 'EROFS': 30, 'EMLINK': 31, 'EPIPE': 32, 'EDOM': 33,
    'ERANGE': 34, 'ENAMETOOLONG': 36, 'ENOSYS': 38, 'ENOTEMPTY': 39, 'ELOOP': 40, 'EOVERFLOW': 75, 'ENOTSUP': 95, 'ENETUNREACH': 101, 'ECONNREFUSED': 111,
    'EHOSTUNREACH': 113,
}
_numbers = {getattr(errno, name): number for name, number in _linux.items()}


def _told(function):
    @functools.wraps(function)
    def call(*args, **kwargs):
        try:
            return function(*args, **kwargs)
        except OSError as error:
            renumber(error)
            raise

    return call


def renumber(error):
    """Gives an error of the system Linux's number, whoever raised it."""
    number = _numbers.get(error.errno)
    if number is not None and type(error.errno) is int:
        error.errno = _Both(number, error.errno)


class _Both(int):
    """Written as Linux's number, equal to this system's as well."""

    def __new__(cls, number, here):
        made = int.__new__(cls, number)
        made._here = here
        return made

    def __eq__(self, other):
        return int(self) == other or self._here == other

    def __ne__(self, other):
        return not self == other

    def __hash__(self):
        return hash(self._here)


def install():
    """Puts the numbers into what opens files and asks for them."""
    if getattr(builtins.open, '__wrapped__', None) is not None:
        return
    builtins.open = io.open = _told(io.open)
    for name in ('stat', 'lstat', 'listdir', 'scandir', 'mkdir', 'rmdir', 'remove', 'unlink', 'rename', 'replace', 'open', 'chdir', 'readlink', 'utime', 'chmod', 'truncate'):
        if hasattr(os, name):
            plain, told = getattr(os, name), _told(getattr(os, name))
            setattr(os, name, told)
            for known in (os.supports_dir_fd, os.supports_fd, os.supports_follow_symlinks, os.supports_effective_ids):
                if plain in known:
                    known.add(told)
