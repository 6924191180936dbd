"""The face detector: a pyramid of depthwise-separable convolutions with the outputs of a YuNet.

The network sees BGR pixels, 0..255, of any size that 32 divides. For each stride S of 8, 16 and 32 it yields a map of
16 values a cell: logit of the class, logit of the object score, box (offset of the centre in cells, logarithm of the
size in cells) and five landmarks (offsets in cells). Cells are anchored at their upper left corner.
"""

import torch
import torch.nn as nn
import torch.nn.functional as F

STRIDES = (8, 16, 32)
KINDS = ("cls", "obj", "bbox", "kps")

# Values of a cell: class, object score, box, landmarks.
CLS, OBJ, BOX, POINTS = 0, 1, slice(2, 6), slice(6, 16)


class Convolution(nn.Module):
    """A convolution with batch normalisation, and ReLU unless `linear`. After `fold` the normalisation is part of the
    convolution."""

    def __init__(self, inputs, outputs, size=3, stride=1, groups=1, linear=False):
        super().__init__()
        self.conv = nn.Conv2d(inputs, outputs, size, stride, size // 2, groups=groups, bias=False)
        self.norm = nn.BatchNorm2d(outputs)
        self.linear = linear

    def forward(self, x):
        x = self.conv(x)
        if self.norm is not None:
            x = self.norm(x)
        return x if self.linear else F.relu(x)

    def fold(self):
        """Merges the normalisation into the convolution, which gets a bias. Does nothing the second time."""
        if self.norm is None:
            return
        gain = self.norm.weight / torch.sqrt(self.norm.running_var + self.norm.eps)
        folded = nn.Conv2d(self.conv.in_channels, self.conv.out_channels, self.conv.kernel_size, self.conv.stride,
                           self.conv.padding, groups=self.conv.groups)
        folded.weight.data = (self.conv.weight * gain[:, None, None, None]).detach()
        folded.bias.data = (self.norm.bias - self.norm.running_mean * gain).detach()
        self.conv, self.norm = folded.to(gain.device), None


class Separable(nn.Module):
    """A depthwise convolution and a pointwise one."""

    def __init__(self, inputs, outputs, stride=1, linear=False):
        super().__init__()
        self.depth = Convolution(inputs, inputs, 3, stride, inputs)
        self.point = Convolution(inputs, outputs, 1, linear=linear)

    def forward(self, x):
        return self.point(self.depth(x))


class Residual(nn.Module):
    """ReLU(x + a separable convolution of x). It starts as the identity, so that it can be added to a trained network."""

    def __init__(self, channels):
        super().__init__()
        self.body = start_at_zero(Separable(channels, channels, linear=True))

    def forward(self, x):
        return F.relu(x + self.body(x))


def start_at_zero(separable):
    """Makes a linear separable convolution yield zeros until it is trained."""
    nn.init.zeros_(separable.point.norm.weight)
    return separable


class Head(nn.Module):
    """The values of one stride's cells. Landmarks have a block of their own."""

    def __init__(self, channels):
        super().__init__()
        self.shared = nn.Sequential(Separable(channels, channels), Separable(channels, channels))
        self.landmark = Residual(channels)
        self.box_values = nn.Conv2d(channels, 6, 1)
        self.point_values = nn.Conv2d(channels, 10, 1)
        for layer in (self.box_values, self.point_values):
            nn.init.normal_(layer.weight, std=0.01)
            nn.init.zeros_(layer.bias)
        # A cell holds no face at first: otherwise the loss of all the empty cells drowns the rest.
        nn.init.constant_(self.box_values.bias[:2], -4.0)

    def forward(self, x):
        x = self.shared(x)
        y = self.landmark(x)
        # Coordinates in bfloat16 would be half a pixel wrong, so the last layers compute in float32.
        with torch.autocast(x.device.type, enabled=False):
            return torch.cat([self.box_values(x.float()), self.point_values(y.float())], 1)


class DetectorNetwork(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem = Convolution(3, 16, 3, 2)
        self.stage4 = nn.Sequential(Separable(16, 32, 2), Separable(32, 32))
        self.stage8 = nn.Sequential(Separable(32, 64, 2), Separable(64, 64), Separable(64, 64))
        self.stage16 = nn.Sequential(Separable(64, 96, 2), Separable(96, 96), Separable(96, 96), Residual(96))
        self.stage32 = nn.Sequential(Separable(96, 96, 2), Separable(96, 96), Residual(96), Residual(96))
        self.lateral = nn.ModuleList([Convolution(64, 48, 1), Convolution(96, 48, 1), Convolution(96, 48, 1)])
        self.down = nn.ModuleList([start_at_zero(Separable(48, 48, 2, linear=True)) for _ in STRIDES[1:]])
        self.heads = nn.ModuleList([Head(48) for _ in STRIDES])

    def forward(self, pixels):
        """Computes the maps of the three strides.

        :param pixels: n x 3 x h x w, BGR, 0..255; 32 divides h and w.
        :returns: three tensors n x 16 x h/S x w/S.
        """
        x8 = self.stage8(self.stage4(self.stem((pixels - 127.5) / 64.0)))
        x16 = self.stage16(x8)
        x32 = self.stage32(x16)
        # Context flows from the coarse maps to the fine ones, then detail back to the coarse ones.
        p32 = self.lateral[2](x32)
        p16 = self.lateral[1](x16) + F.interpolate(p32, scale_factor=2.0, mode="nearest")
        p8 = self.lateral[0](x8) + F.interpolate(p16, scale_factor=2.0, mode="nearest")
        p16 = p16 + self.down[0](p8)
        p32 = p32 + self.down[1](p16)
        return [head(p) for head, p in zip(self.heads, (p8, p16, p32))]

    def fold(self):
        """Merges all batch normalisations into their convolutions; the network computes the same in evaluation."""
        for module in self.modules():
            if isinstance(module, Convolution):
                module.fold()
        return self


class YuNetOutputs(nn.Module):
    """The network with the outputs of a YuNet: cls_S, obj_S (n x cells x 1, 0..1), bbox_S (4) and kps_S (10 values)."""

    NAMES = [f"{kind}_{stride}" for kind in KINDS for stride in STRIDES]

    def __init__(self, network):
        super().__init__()
        self.network = network

    def forward(self, pixels):
        maps = [m.permute(0, 2, 3, 1).reshape(m.shape[0], -1, 16) for m in self.network(pixels)]
        return tuple([torch.sigmoid(m[..., 0:1]) for m in maps] + [torch.sigmoid(m[..., 1:2]) for m in maps]
                     + [m[..., BOX] for m in maps] + [m[..., POINTS] for m in maps])
