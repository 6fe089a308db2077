"""One living thread that starts and watches every child.

Linux ends our children when the thread that forked them ends. So whichever thread asks for it (a test, a
signal handler), starting and restarting happen here.
"""

import queue
import threading
import time
import traceback
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, TypeVar

Result = TypeVar("Result")
PAUSE = 0.1  # seconds between two looks at the children


class Keeper:
    """Does what it is asked, one thing after another, and calls ``watch`` in between."""

    def __init__(self, watch: Callable[[], None]) -> None:
        self._watch = watch
        self._tasks: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._loop, name="keeper", daemon=True)
        self._thread.start()

    def call(self, task: Callable[..., Result], *arguments: Any) -> Result:
        """Have the task done and wait for what it answers or raises."""
        if threading.current_thread() is self._thread:
            return task(*arguments)
        future: Future[Result] = Future()

        def run() -> None:
            try:
                future.set_result(task(*arguments))
            except BaseException as problem:
                future.set_exception(problem)

        self._tasks.put(run)
        return future.result()

    def close(self) -> None:
        """End the thread, and with it every child that is still there."""
        self._tasks.put(None)
        self._thread.join()

    def _loop(self) -> None:
        while True:
            try:
                task = self._tasks.get(timeout=PAUSE)
            except queue.Empty:
                self._look()
                continue
            if task is None:
                return
            task()

    def _look(self) -> None:
        """A watch that fails is said and tried again: were this thread to end, every child would."""
        try:
            self._watch()
        except Exception:
            traceback.print_exc()
            time.sleep(1)
