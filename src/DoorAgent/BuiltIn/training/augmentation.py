"""Changes aligned faces as cameras, light and a less exact detector would. Crops come with a margin, see faces.py."""
import math

import cv2
import numpy as np

from alignment import SIDE
from faces import MARGIN

NOISE_LENGTH = 1 << 22


class Augmentation:
    """Makes network input of crops. Deterministic for a seed."""

    def __init__(self, seed, strength=1.0):
        """`strength` scales the changes of position; 0 leaves only light, sharpness and noise."""
        self.seed, self.strength = seed, strength
        self.random = np.random.default_rng(seed)
        self.noise = self.random.standard_normal(NOISE_LENGTH, np.float32)

    def batch(self, crops, mirror=None, number=None):
        """Returns n x 96 x 96 x 3, RGB, float32 in 0 to 1, of n x 112 x 112 x 3 bytes, BGR. `mirror`: n truth values, else by chance.

        With a `number` the changes follow from the seed and that number, whatever was made before."""
        if number is not None:
            self.random = np.random.default_rng([self.seed, number])
        mirror = self.random.random(len(crops)) < 0.5 if mirror is None else mirror
        return np.stack([self._one(crop, m) for crop, m in zip(crops, mirror)])

    def _one(self, crop, mirror):
        r = self.random
        face = cv2.warpAffine(crop, self._position(mirror), (SIDE, SIDE), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT_101)
        if r.random() < 0.1:
            face = cv2.cvtColor(cv2.cvtColor(face, cv2.COLOR_BGR2GRAY), cv2.COLOR_GRAY2BGR)
        face = cv2.LUT(face, self._light(face))
        if r.random() < 0.33:
            side = int(r.integers(24, 77))
            face = cv2.resize(cv2.resize(face, (side, side), interpolation=cv2.INTER_AREA), (SIDE, SIDE), interpolation=cv2.INTER_LINEAR)
        elif r.random() < 0.15:
            face = cv2.filter2D(face, -1, self._motion())
        if r.random() < 0.2:
            face = cv2.imdecode(cv2.imencode('.jpg', face, [cv2.IMWRITE_JPEG_QUALITY, int(r.integers(30, 90))])[1], cv2.IMREAD_COLOR)
        if r.random() < 0.17:
            self._cover(face)
        face = face[..., ::-1].astype(np.float32) / 255
        if r.random() < 0.6:
            start = int(r.integers(0, NOISE_LENGTH - face.size))
            face = np.clip(face + 0.04 * r.random() * self.noise[start:start + face.size].reshape(face.shape), 0, 1)
        return face

    def _position(self, mirror):
        """The map from the crop to the face: three of four are turned, scaled and shifted a little, as by another detector."""
        r, turn, scale, dx, dy = self.random, 0.0, 1.0, 0.0, 0.0
        if r.random() < 0.75:
            turn, scale, dx, dy = (r.triangular(-1, 0, 1, 4) * (0.10, 0.08, 4.0, 4.0)) * self.strength + (0, 1, 0, 0)
        c, s, half = scale * math.cos(turn), scale * math.sin(turn), (SIDE - 1) / 2
        middle = half + MARGIN
        m = np.array([[c, -s, half + dx - c * middle + s * middle], [s, c, half + dy - s * middle - c * middle]])
        if mirror:
            m[0] = -m[0]
            m[0, 2] += SIDE - 1
        return m

    def _light(self, face):
        """One table a channel: gamma, contrast, brightness and colour."""
        r = self.random
        levels = np.maximum(np.arange(256) / 255, 1e-4) ** math.exp(r.random() - 0.5)
        mean = levels[face.ravel()[::7]].mean()
        levels = (levels - mean) * (0.65 + 0.7 * r.random()) + mean * (0.7 + 0.6 * r.random())
        return np.clip(255 * levels[:, None] * (0.9 + 0.2 * r.random(3)), 0, 255).astype(np.uint8)[None]

    def _motion(self):
        kernel = np.zeros((5, 5), np.float32)
        cv2.line(kernel, *((int(a), int(b)) for a, b in self.random.integers(0, 5, (2, 2))), 1)
        return kernel / kernel.sum()

    def _cover(self, face):
        r = self.random
        h, w = r.integers(8, 40, 2)
        y, x = int(r.integers(0, SIDE - h)), int(r.integers(0, SIDE - w))
        if r.random() < 0.3:    # a scarf or a mask
            y, x, h, w = int(r.integers(52, 66)), 0, SIDE, SIDE
        part = face[y:y + h, x:x + w]
        part[:] = part * 0.4 if r.random() < 0.5 else r.integers(0, 256, 3)


def plain(crops):
    """Returns network input without any change: n x 96 x 96 x 3, RGB, float32 in 0 to 1."""
    inner = crops[:, MARGIN:MARGIN + SIDE, MARGIN:MARGIN + SIDE, ::-1]
    return inner.astype(np.float32) / 255
