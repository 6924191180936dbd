"""The encoder's network: NN4 (OpenFace `nn4.small2`), the network of the FaceNet exercise, 3,743,280 parameters as Keras counts them."""
import torch
import torch.nn.functional as F
from torch import nn

import pooling


def convolution(inputs, outputs, size, stride=1, padding=0, epsilon=1e-5):
    """Convolution, batch normalisation, rectifier. The bias stays in the network because the exercise has one; before a batch
    normalisation it has no effect, so it is zero and not trained."""
    layer = nn.Conv2d(inputs, outputs, size, stride, padding)
    layer.bias.data.zero_()
    layer.bias.requires_grad_(False)
    return nn.Sequential(layer, nn.BatchNorm2d(outputs, eps=epsilon), nn.ReLU(inplace=True))


class Inception(nn.Module):
    """Branches of 3 x 3, 5 x 5, pooling and 1 x 1, joined in this order; a branch with no channels is left out."""

    def __init__(self, inputs, reduce3, out3, reduce5, out5, pool, pool_size, out_pool, pad, out1, stride=1):
        super().__init__()
        self.a = nn.Sequential(convolution(inputs, reduce3, 1), convolution(reduce3, out3, 3, stride, 1))
        self.f = nn.Sequential(convolution(inputs, reduce5, 1), convolution(reduce5, out5, 5, stride, 2)) if out5 else None
        self.pool, self.pool_size, self.pad = pool, pool_size, pad
        self.pc = convolution(inputs, out_pool, 1) if out_pool else None
        self.o = convolution(inputs, out1, 1) if out1 else None

    def forward(self, x):
        branches = [self.a(x)]
        if self.f is not None:
            branches.append(self.f(x))
        y = pooling.max_pool(x, 0) if self.pool == 'max' else F.avg_pool2d(x, *self.pool_size)
        if self.pc is not None:
            y = self.pc(y)
        branches.append(F.pad(y, self.pad))
        if self.o is not None:
            branches.append(self.o(x))
        return torch.cat(branches, 1)


class EncoderNetwork(nn.Module):
    """Aligned face to encoding: n x 3 x 96 x 96, RGB, 0 to 1, to n x 128 of unit length."""

    def __init__(self):
        super().__init__()
        self.c1 = convolution(3, 64, 7, 2, 3, 1e-3)
        self.c2 = convolution(64, 64, 1)
        self.c3 = convolution(64, 192, 3, 1, 1)
        self.i3a = Inception(192, 96, 128, 16, 32, 'max', (3, 2), 32, (3, 4, 3, 4), 64)
        self.i3b = Inception(256, 96, 128, 32, 64, 'average', (3, 3), 64, (4, 4, 4, 4), 64)
        self.i3c = Inception(320, 128, 256, 32, 64, 'max', (3, 2), 0, (0, 1, 0, 1), 0, 2)
        self.i4a = Inception(640, 96, 192, 32, 64, 'average', (3, 3), 128, (2, 2, 2, 2), 256)
        self.i4e = Inception(640, 160, 256, 64, 128, 'max', (3, 2), 0, (0, 1, 0, 1), 0, 2)
        self.i5a = Inception(1024, 96, 384, 0, 0, 'average', (3, 3), 96, (1, 1, 1, 1), 256)
        self.i5b = Inception(736, 96, 384, 0, 0, 'max', (3, 2), 96, (1, 1, 1, 1), 256)
        self.d = nn.Linear(736, 128)

    def blocks(self):
        return self.i3a, self.i3b, self.i3c, self.i4a, self.i4e, self.i5a, self.i5b

    def features(self, x):
        """Returns what the last, linear layer sees: n x 736, float32."""
        x = pooling.max_pool(self.c1(x), 1)
        x = pooling.max_pool(self.c3(self.c2(x)), 1)
        for block in self.blocks():
            x = block(x)
        return F.avg_pool2d(x, 3, 1).flatten(1).float()

    def forward(self, x):
        with_features = self.features(x)
        with torch.autocast(x.device.type, enabled=False):
            return F.normalize(self.d(with_features))


def parameter_count(network):
    """Returns the number of parameters as Keras counts them: a batch normalisation has four a channel."""
    norms = [m for m in network.modules() if isinstance(m, nn.BatchNorm2d)]
    return sum(p.numel() for p in network.parameters()) + sum(2 * m.running_mean.numel() for m in norms)
