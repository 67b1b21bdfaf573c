"""asyncio's event loop without sockets and threads: it waits for times alone."""

import asyncio
import time


class _Clock:
    """What the loop asks which files are ready; none ever is."""

    def select(self, timeout):
        # Sleep in a loop without an end is heard by Stop, as any other.
        time.sleep(60 if timeout is None else timeout)
        return []

    def close(self):
        pass


class Loop(asyncio.BaseEventLoop):
    def __init__(self):
        super().__init__()
        self._selector = _Clock()

    def _process_events(self, events):
        pass

    def _write_to_self(self):
        # There is no other thread that the loop would have to be woken from.
        pass

    def close(self):
        if not self.is_closed():
            super().close()
            self._selector.close()


class Policy(asyncio.events._BaseDefaultEventLoopPolicy):
    _loop_factory = Loop


def install():
    """Makes `asyncio.run` and its like run here, in the place of a loop that needs a page's own."""
    asyncio.events._set_running_loop(None)
    asyncio.events._set_event_loop_policy(Policy())
    asyncio.run = asyncio.runners.run
