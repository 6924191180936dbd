"""Makes batches ahead of their use, in a thread: OpenCV and NumPy leave the interpreter's lock while they work."""
import queue
import threading


class Prefetch:
    """An iterator over `source` that keeps up to `depth` items ready. An exception of the source is raised where it is used."""

    def __init__(self, source, depth):
        self._queue = queue.Queue(depth)
        threading.Thread(target=self._run, args=(source,), daemon=True).start()

    def _run(self, source):
        try:
            for item in source:
                self._queue.put((item, None))
        except Exception as error:
            self._queue.put((None, error))

    def __next__(self):
        item, error = self._queue.get()
        if error is not None:
            raise error
        return item

    def __iter__(self):
        return self
