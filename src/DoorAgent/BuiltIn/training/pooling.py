"""The network's 3 x 3 maximum pooling with stride 2. On a CPU with bfloat16 a routine in C does it, where a compiler is at hand."""
import ctypes
import functools
import os
import subprocess
import tempfile

import torch
import torch.nn.functional as F

SOURCE = os.path.join(os.path.dirname(os.path.abspath(__file__)), 'pooling.c')


@functools.lru_cache(None)
def _compiled():
    """Returns the compiled routines, or None where there is no C compiler."""
    with tempfile.TemporaryDirectory() as folder:
        library = os.path.join(folder, 'pooling.so')
        command = ['cc', '-O3', '-march=native', '-fopenmp', '-shared', '-fPIC', SOURCE, '-o', library]
        try:
            subprocess.run(command, check=True, capture_output=True)
        except (OSError, subprocess.CalledProcessError):
            return None
        return ctypes.CDLL(library)


def _address(tensor):
    return ctypes.c_void_p(tensor.data_ptr())


class _MaxPool(torch.autograd.Function):
    @staticmethod
    def forward(context, x, padding):
        n, c, h, w = x.shape
        oh, ow = (h + 2 * padding - 3) // 2 + 1, (w + 2 * padding - 3) // 2 + 1
        y = torch.empty((n, c, oh, ow), dtype=torch.bfloat16, memory_format=torch.channels_last)
        winner = torch.empty((n, oh, ow, c), dtype=torch.uint8)
        _compiled().max_pool_forward(_address(x), _address(y), _address(winner), n, h, w, c, padding, oh, ow)
        context.save_for_backward(winner)
        context.sizes = n, h, w, c, padding, oh, ow
        return y

    @staticmethod
    def backward(context, gradient):
        winner, = context.saved_tensors
        n, h, w, c, padding, oh, ow = context.sizes
        gradient = gradient.to(torch.bfloat16).contiguous(memory_format=torch.channels_last)
        result = torch.empty((n, c, h, w), dtype=torch.bfloat16, memory_format=torch.channels_last)
        _compiled().max_pool_backward(_address(gradient), _address(winner), _address(result), n, h, w, c, padding, oh, ow)
        return result, None


def max_pool(x, padding):
    """Returns the maxima of x (n x c x h x w, not below 0, c at most 1,024), padded with zeros."""
    fast = (x.dtype == torch.bfloat16 and x.device.type == 'cpu' and x.shape[1] <= 1024
            and x.is_contiguous(memory_format=torch.channels_last) and _compiled() is not None)
    return _MaxPool.apply(x, padding) if fast else F.max_pool2d(x, 3, 2, padding)
