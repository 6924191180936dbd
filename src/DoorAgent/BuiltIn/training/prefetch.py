"""Makes batches ahead of their use."""
import itertools
import queue
import threading


class Prefetch:
    """An iterator over `source` that keeps up to `depth` items ready, made in a thread: OpenCV and NumPy leave the interpreter's lock
    while they work. An exception of the source is raised where it is used."""

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


class _Numbered:
    """What PyTorch's loader wants: an item for a number."""

    def __init__(self, make):
        self.make = make

    def __getitem__(self, number):
        return self.make(number)


def _alone(_):
    import cv2
    cv2.setNumThreads(1)


def numbered(make, first, processes=0, pinned=False):
    """Returns an iterator over make(first), make(first + 1) and so on, made ahead: in a thread, or in `processes` processes, which an
    accelerator is worth. `pinned`: tensors lie where a GPU fetches them by itself."""
    if not processes:
        return Prefetch(map(make, itertools.count(first)), depth=4)
    from torch.utils.data import DataLoader
    return iter(DataLoader(_Numbered(make), batch_size=None, sampler=itertools.count(first), num_workers=processes, prefetch_factor=4,
                           pin_memory=pinned, worker_init_fn=_alone, multiprocessing_context='fork'))
