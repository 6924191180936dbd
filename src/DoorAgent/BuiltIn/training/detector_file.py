"""Reads the detector's weights from an ONNX file and writes them to one."""

import inspect

import numpy as np
import onnx
import torch
import torch.nn as nn
from onnx import TensorProto, helper, numpy_helper

from detector_network import Convolution, Residual, YuNetOutputs

OPSET = 13


def write(network, path):
    """Writes the network in the form of a YuNet; weights are stored as float16 and cast to float32, in which all
    arithmetic is done. The network is folded.

    :param path: where the ONNX file goes.
    """
    module = YuNetOutputs(network.cpu().eval().fold())
    axes = {name: {0: "n", 1: "cells_" + name.split("_")[1]} for name in YuNetOutputs.NAMES}
    axes["input"] = {0: "n", 2: "h", 3: "w"}
    # Later versions of PyTorch have a second exporter, which needs more packages.
    choice = {"dynamo": False} if "dynamo" in inspect.signature(torch.onnx.export).parameters else {}
    torch.onnx.export(module, torch.zeros(1, 3, 64, 64), path, opset_version=OPSET, input_names=["input"],
                      output_names=YuNetOutputs.NAMES, dynamic_axes=axes, **choice)
    model = onnx.load(path)
    halve_weights(model)
    onnx.checker.check_model(model)
    onnx.save(model, path)


def halve_weights(model):
    """Replaces each float32 initialiser of two or more dimensions by a float16 one, named with `_h`, and a cast."""
    graph, casts = model.graph, []
    for tensor in list(graph.initializer):
        if tensor.data_type != TensorProto.FLOAT or len(tensor.dims) < 2:
            continue
        name, values = tensor.name, numpy_helper.to_array(tensor)
        tensor.CopyFrom(numpy_helper.from_array(values.astype(np.float16), name + "_h"))
        casts.append(helper.make_node("Cast", [name + "_h"], [name], name=name + "_cast", to=TensorProto.FLOAT))
    nodes = casts + list(graph.node)
    del graph.node[:]
    graph.node.extend(nodes)


def read(network, path):
    """Loads the weights of a detector file into a network that is not folded.

    The normalisations pass everything on until `calibrate` has seen pictures. A file that `write` did not write holds
    the first form of the detector, which lacked the residual blocks and the way back to the coarse maps: those keep
    what they have.

    :raises ValueError: the file is that of another network.
    """
    graph = onnx.load(path).graph
    arrays = {tensor.name.removesuffix("_h"): numpy_helper.to_array(tensor).astype(np.float32)
              for tensor in graph.initializer}
    for node in graph.node:
        # The exporter writes equal arrays once.
        if node.op_type == "Identity" and node.input[0] in arrays:
            arrays[node.output[0]] = arrays[node.input[0]]
    weights = [(arrays[node.input[1]], arrays[node.input[2]]) for node in graph.node if node.op_type == "Conv"]
    layers = in_order(network)
    if len(weights) < len(layers):
        layers = [layer for layer in layers if not is_added(network, layer)]
        # One layer yielded the box and the landmarks.
        weights = [part for weight, bias in weights
                   for part in ([(weight[:6], bias[:6]), (weight[6:], bias[6:])] if len(bias) == 16 and weight.shape[1] == 48
                                else [(weight, bias)])]
    if len(weights) != len(layers):
        raise ValueError(f"{path} is not a detector of this form: {len(weights)} convolutions, not {len(layers)}")
    for layer, (weight, bias) in zip(layers, weights):
        load(layer, torch.from_numpy(weight.copy()), torch.from_numpy(bias.copy()))


def in_order(network):
    """Returns the layers with weights in the order of computation."""
    ways = [network.lateral[2], network.lateral[1], network.lateral[0], *network.down]
    heads = [layer for head in network.heads
             for layer in (*convolutions(head.shared), *convolutions(head.landmark), head.box_values, head.point_values)]
    trunk = [network.stem, network.stage4, network.stage8, network.stage16, network.stage32]
    return [layer for part in trunk + ways for layer in convolutions(part)] + heads


def convolutions(module):
    return [part for part in module.modules() if isinstance(part, Convolution)]


def is_added(network, layer):
    """Tells whether the first form of the detector lacked a layer."""
    added = [part for part in network.modules() if isinstance(part, Residual)] + [network.down]
    return any(layer is part for block in added for part in block.modules())


def load(layer, weight, bias):
    """Sets a layer's weight and bias; a normalisation then only adds the bias.

    :raises ValueError: the shape is another one.
    """
    conv = layer.conv if isinstance(layer, Convolution) else layer
    if conv.weight.shape != weight.shape:
        raise ValueError(f"a convolution is {tuple(weight.shape)}, not {tuple(conv.weight.shape)}")
    conv.weight.data.copy_(weight)
    if conv is layer:
        conv.bias.data.copy_(bias)
        return
    norm = layer.norm
    norm.weight.data.fill_(1)
    norm.bias.data.copy_(bias)
    norm.running_mean.zero_()
    norm.running_var.fill_(1 - norm.eps)


@torch.no_grad()
def calibrate(network, pixels):
    """Sets the statistics of all normalisations to those of a batch, without a change of what the network computes.

    :param pixels: n x 3 x h x w, as the network is given them.
    """
    def set_statistics(norm, inputs):
        x = inputs[0].float()
        mean, variance = x.mean((0, 2, 3)), x.var((0, 2, 3), unbiased=False)
        gain = norm.weight / torch.sqrt(norm.running_var + norm.eps)
        norm.bias.data += gain * (mean - norm.running_mean)
        norm.weight.data.copy_(gain * torch.sqrt(variance + norm.eps))
        norm.running_mean.copy_(mean)
        norm.running_var.copy_(variance)

    hooks = [part.norm.register_forward_pre_hook(set_statistics) for part in convolutions(network)]
    network.eval()(pixels)
    for hook in hooks:
        hook.remove()
