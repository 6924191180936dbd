"""Runs an ONNX file as a torch module, so that teachers and our own networks need no other runtime than PyTorch.

Only the operators that the networks of this recipe use are known; a file with another one is refused when the file is read.
"""
import numpy as np
import onnx
import torch
import torch.nn.functional as F
from onnx import numpy_helper

DTYPES = {onnx.TensorProto.FLOAT: torch.float32, onnx.TensorProto.FLOAT16: torch.float16,
          onnx.TensorProto.INT64: torch.int64, onnx.TensorProto.INT32: torch.int32}


def _padding(a, rank=2):
    """Returns (before, after) per axis; PyTorch's convolution takes them only where both are equal."""
    p = a.get('pads', [0] * 2 * rank)
    return p[:rank], p[rank:]


def _padded(x, a, value=0.0):
    before, after = _padding(a)
    if before == after:
        return x, tuple(before)
    return F.pad(x, (before[1], after[1], before[0], after[0]), value=value), (0, 0)


def _conv(a, x, w, b=None):
    x, padding = _padded(x, a)
    return F.conv2d(x, w, b, a.get('strides', 1), padding, a.get('dilations', 1), a.get('group', 1))


def _max_pool(a, x):
    x, padding = _padded(x, a, float('-inf'))
    return F.max_pool2d(x, a['kernel_shape'], a.get('strides', 1), padding, ceil_mode=bool(a.get('ceil_mode', 0)))


def _average_pool(a, x):
    if any(a.get('pads', [0])):
        raise ValueError('AveragePool with padding is not known.')
    return F.avg_pool2d(x, a['kernel_shape'], a.get('strides', 1))


def _resize(a, x, *rest):
    if a.get('mode', b'nearest') != b'nearest':
        raise ValueError('Only the nearest neighbour is known for Resize.')
    given = [r for r in rest if r is not None and r.numel()]
    last = given[-1].tolist()
    size = [int(v) for v in last[2:]] if given[-1].dtype == torch.int64 else [round(s * v) for s, v in zip(x.shape[2:], last[2:])]
    return F.interpolate(x, size=size, mode='nearest')


def _reshape(a, x, shape):
    sizes = [x.shape[i] if s == 0 else s for i, s in enumerate(shape.tolist())]
    return x.reshape(sizes)


def _slice(a, x, starts, ends, axes=None, steps=None):
    for i, (start, end) in enumerate(zip(starts.tolist(), ends.tolist())):
        axis = axes.tolist()[i] if axes is not None else i
        step = steps.tolist()[i] if steps is not None else 1
        x = x[(slice(None),) * (axis % x.dim()) + (slice(start, end if abs(end) < 2 ** 31 else None, step),)]
    return x


def _pad(a, x, pads, value=None):
    p, rank = pads.tolist(), x.dim()
    flat = [v for axis in reversed(range(rank)) for v in (p[axis], p[axis + rank])]
    return F.pad(x, flat, value=float(value) if value is not None else 0.0)


def _gemm(a, x, w, b=None):
    y = (x.T if a.get('transA') else x) @ (w.T if a.get('transB') else w) * a.get('alpha', 1.0)
    return y if b is None else y + b * a.get('beta', 1.0)


def _axes(a, axes):
    return a['axes'] if 'axes' in a else axes.tolist()


OPERATORS = {
    'Conv': _conv, 'MaxPool': _max_pool, 'AveragePool': _average_pool, 'Resize': _resize, 'Reshape': _reshape, 'Slice': _slice,
    'Pad': _pad, 'Gemm': _gemm,
    'GlobalAveragePool': lambda a, x: x.mean((2, 3), keepdim=True),
    'BatchNormalization': lambda a, x, w, b, m, v: F.batch_norm(x, m, v, w, b, eps=a.get('epsilon', 1e-5)),
    'Relu': lambda a, x: F.relu(x), 'Sigmoid': lambda a, x: torch.sigmoid(x), 'Sqrt': lambda a, x: torch.sqrt(x),
    'PRelu': lambda a, x, w: F.prelu(x, w.flatten().to(x.dtype)),
    'Clip': lambda a, x, lo=None, hi=None: torch.clamp(
        x, float(lo) if lo is not None else a.get('min'), float(hi) if hi is not None else a.get('max')),
    'Add': lambda a, x, y: x + y, 'Sub': lambda a, x, y: x - y, 'Mul': lambda a, x, y: x * y, 'Div': lambda a, x, y: x / y,
    'Transpose': lambda a, x: x.permute(a['perm']), 'Flatten': lambda a, x: x.flatten(a.get('axis', 1)),
    'Shape': lambda a, x: torch.tensor(x.shape), 'Identity': lambda a, x: x, 'Cast': lambda a, x: x.to(DTYPES[a['to']]),
    'Gather': lambda a, x, i: torch.index_select(x, a.get('axis', 0), i.flatten()).reshape(
        x.shape[:a.get('axis', 0)] + i.shape + x.shape[a.get('axis', 0) + 1:]),
    'Unsqueeze': lambda a, x, axes=None: x.unsqueeze(_axes(a, axes)[0]),
    'Concat': lambda a, *x: torch.cat(x, a['axis']),
    'ReduceSum': lambda a, x, axes=None: x.sum(tuple(_axes(a, axes)), keepdim=bool(a.get('keepdims', 1))),
    'Constant': lambda a: torch.from_numpy(numpy_helper.to_array(a['value']).copy()),
}


class OnnxModule(torch.nn.Module):
    """An ONNX graph. Arrays of the file are buffers, so `.to(device)` moves them; nothing is trained."""

    def __init__(self, path):
        """Reads the file. Raises ValueError if the graph has an operator that is not known here."""
        super().__init__()
        graph = onnx.load(str(path)).graph
        unknown = sorted({n.op_type for n in graph.node} - OPERATORS.keys())
        if unknown:
            raise ValueError(f'{path}: the operators {", ".join(unknown)} are not known to this recipe.')
        self.inputs = [i.name for i in graph.input if i.name not in {t.name for t in graph.initializer}]
        self.outputs = [o.name for o in graph.output]
        self.fixed = {}
        for tensor in graph.initializer:
            self._keep(tensor.name, torch.from_numpy(numpy_helper.to_array(tensor).copy()))
        self.nodes = []
        for node in graph.node:
            attributes = {x.name: onnx.helper.get_attribute_value(x) for x in node.attribute}
            constant = node.op_type in ('Constant', 'Cast') and all(i in self.fixed for i in node.input)
            if constant:
                self._keep(node.output[0], OPERATORS[node.op_type](attributes, *(self._value(i) for i in node.input)))
            else:
                self.nodes.append((node.op_type, attributes, list(node.input), node.output[0]))

    def _keep(self, name, tensor):
        key = f'tensor_{len(self.fixed)}'
        self.register_buffer(key, tensor)
        self.fixed[name] = key

    def _value(self, name):
        return getattr(self, self.fixed[name])

    def forward(self, x):
        """Returns the outputs in the order of the file; a single output is returned as such."""
        values = {self.inputs[0]: x, '': None}
        for operator, attributes, inputs, output in self.nodes:
            given = [values[i] if i in values else self._value(i) for i in inputs]
            if operator in ('Gather', 'Unsqueeze', 'Concat') and any(g is not None and not g.is_floating_point() for g in given):
                given = [g.cpu() if g is not None else None for g in given]
            values[output] = OPERATORS[operator](attributes, *given)
        results = [values[o] for o in self.outputs]
        return results[0] if len(results) == 1 else results
