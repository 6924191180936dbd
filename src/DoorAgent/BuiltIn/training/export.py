"""Writes the trained encoder as the ONNX file that the product carries.

Batch normalisation stays apart (nothing is folded), the arrays have the names of the exercise's weight files
(`inception_3a_3x3_conv2_w`, `bn1_m`, `dense_b`: w, b of a convolution; w, b, m, v of a batch normalisation: scale, shift, mean,
variance). Weights of convolutions and of the last layer are stored as float16 under the name with `_h` and cast to float32, in which
all arithmetic is done. Opset 13, free batch, normalisation inside.
"""
import hashlib
import io

import numpy as np
import onnx
import torch
import torch.nn.functional as F
from onnx import TensorProto, helper, numpy_helper
from torch import nn

from encoder_network import EncoderNetwork, parameter_count

KINDS = {'weight': 'w', 'bias': 'b', 'running_mean': 'm', 'running_var': 'v'}
BRANCHES = {'a': '3x3', 'f': '5x5', 'pc': 'pool', 'o': '1x1'}


def exercise_name(name):
    """Returns the exercise's name of an array of the network: `i3a.a.1.0.weight` is `inception_3a_3x3_conv2_w`."""
    parts, kind = name.split('.'), KINDS[name.rsplit('.', 1)[1]]
    if parts[0] == 'd':
        return f'dense_{kind}'
    layer = 'bn' if parts[-2] == '1' else 'conv'
    if parts[0][0] == 'c':
        return f'{layer}{parts[0][1]}_{kind}'
    number = str(int(parts[2]) + 1) if parts[1] in 'af' else ''
    return f'inception_{parts[0][1:]}_{BRANCHES[parts[1]]}_{layer}{number}_{kind}'


class Exported(nn.Module):
    """The network in the form that is exported: plain operators only, length 1 by a division."""

    def __init__(self, network):
        super().__init__()
        self.network = network

    def forward(self, x):
        n = self.network
        x = F.max_pool2d(n.c1(x), 3, 2, 1)
        x = F.max_pool2d(n.c3(n.c2(x)), 3, 2, 1)
        for block in n.blocks():
            branches = [block.a(x)]
            if block.f is not None:
                branches.append(block.f(x))
            y = F.max_pool2d(x, 3, 2) if block.pool == 'max' else F.avg_pool2d(x, *block.pool_size)
            branches.append(F.pad(y if block.pc is None else block.pc(y), block.pad))
            if block.o is not None:
                branches.append(block.o(x))
            x = torch.cat(branches, 1)
        x = n.d(F.avg_pool2d(x, 3, 1).flatten(1))
        return x / torch.sqrt((x * x).sum(1, keepdim=True) + 1e-12)


def _traced(network):
    file = io.BytesIO()
    torch.onnx.export(Exported(network), torch.rand(4, 3, 96, 96), file, opset_version=13, input_names=['image'],
                      output_names=['encoding'], dynamic_axes={'image': {0: 'batch'}, 'encoding': {0: 'batch'}},
                      do_constant_folding=False, training=torch.onnx.TrainingMode.PRESERVE)
    return onnx.load_from_string(file.getvalue())


def _remove_unused(graph):
    while True:
        used = {i for n in graph.node for i in n.input} | {o.name for o in graph.output}
        live = [n for n in graph.node if any(o in used for o in n.output)]
        if len(live) == len(graph.node):
            return
        del graph.node[:]
        graph.node.extend(live)


def _own_arrays(graph):
    """PyTorch stores equal arrays once; every layer gets its own again."""
    arrays = {t.name: t for t in graph.initializer}
    for node in [n for n in graph.node if n.op_type == 'Identity' and n.input[0] in arrays]:
        copy = TensorProto()
        copy.CopyFrom(arrays[node.input[0]])
        copy.name = node.output[0]
        graph.initializer.append(copy)
        graph.node.remove(node)


def _constant_paddings(graph, network):
    """Replaces the computed amounts of padding by constants, and removes the empty paddings before average poolings."""
    for node in [n for n in graph.node if n.op_type == 'Pad']:
        users = [c for c in graph.node if node.output[0] in c.input]
        if len(users) == 1 and users[0].op_type == 'AveragePool':
            users[0].input[0] = node.input[0]
            graph.node.remove(node)
    paddings = [n for n in graph.node if n.op_type == 'Pad']
    if len(paddings) != len(network.blocks()):
        raise ValueError(f'{len(paddings)} paddings were traced, {len(network.blocks())} expected.')
    for k, (node, block) in enumerate(zip(paddings, network.blocks())):
        left, right, top, bottom = block.pad
        graph.initializer.append(numpy_helper.from_array(np.array([0, 0, top, left, 0, 0, bottom, right], np.int64), f'pads_{k}'))
        node.input[1] = f'pads_{k}'
        del node.input[2:]


def export_encoder(network, path):
    """Writes the file and returns (bytes, SHA-256, largest difference from the network over four inputs)."""
    network = network.cpu().eval()
    model = _traced(network)
    graph = model.graph
    _own_arrays(graph)
    names = {t.name: exercise_name(t.name[len('network.'):]) for t in graph.initializer if t.name.startswith('network.')}
    for tensor in graph.initializer:
        tensor.name = names.get(tensor.name, tensor.name)
    for node in graph.node:
        node.doc_string = ''
        for k, name in enumerate(node.input):
            node.input[k] = names.get(name, name)
    _constant_paddings(graph, network)
    _remove_unused(graph)
    arrays, casts = [], []
    used = {i for n in graph.node for i in n.input}
    for tensor in (t for t in graph.initializer if t.name in used):
        values = numpy_helper.to_array(tensor)
        if tensor.data_type == TensorProto.FLOAT and values.ndim >= 2:
            half = values.astype(np.float16)
            if not np.isfinite(half).all():
                raise ValueError(f'{tensor.name} has values that float16 cannot hold.')
            arrays.append(numpy_helper.from_array(half, tensor.name + '_h'))
            casts.append(helper.make_node('Cast', [tensor.name + '_h'], [tensor.name], to=TensorProto.FLOAT))
        else:
            arrays.append(tensor)
    nodes = casts + list(graph.node)
    del graph.initializer[:], graph.node[:]
    graph.initializer.extend(arrays)
    graph.node.extend(nodes)
    graph.name, model.producer_name = 'nn4', 'door-encoder'
    model.doc_string = 'NN4 (OpenFace nn4.small2): RGB 0..1, 96 x 96, aligned face to unit vector of 128'
    onnx.checker.check_model(model)
    data = model.SerializeToString()
    with open(path, 'wb') as file:
        file.write(data)
    return len(data), hashlib.sha256(data).hexdigest(), _difference(network, path)


@torch.no_grad()
def _difference(network, path):
    from onnx_torch import OnnxModule
    x = torch.rand(4, 3, 96, 96)
    return float((OnnxModule(path)(x) - network(x)).abs().max())


def read_weights(path):
    """Returns the weights of an encoder as a state for EncoderNetwork: the averaged ones of a checkpoint, or those of an exported file
    (.onnx), so that a training can start from the built-in network."""
    if not path.endswith('.onnx'):
        state = torch.load(path, map_location='cpu')
        return state.get('averaged', state)
    arrays = {t.name.removesuffix('_h'): numpy_helper.to_array(t).astype(np.float32) for t in onnx.load(path).graph.initializer}
    state = EncoderNetwork().state_dict()
    for name, value in state.items():
        if value.is_floating_point():
            state[name] = torch.from_numpy(arrays[exercise_name(name)]).reshape(value.shape)
    return state


def load_averaged(*checkpoints):
    """Returns the averaged network of a checkpoint; of several, the mean of their weights (Wortsman et al., Model soups, 2022), which is
    a network of its own as long as one training started from the other."""
    states = [read_weights(path) for path in checkpoints]
    network = EncoderNetwork()
    network.load_state_dict({name: _mean([state[name] for state in states]) for name in states[0]})
    return network


def _mean(tensors):
    if not tensors[0].is_floating_point():
        return tensors[-1]      # how many batches a batch normalisation has seen
    return (sum(t.double() for t in tensors) / len(tensors)).to(tensors[0].dtype)


def report(network, path):
    """Exports and returns a line that says what was written."""
    size, digest, difference = export_encoder(network, path)
    return f'{path}: {size} bytes, SHA-256 {digest}, {parameter_count(network)} parameters, at most {difference:.5f} from the network'
