"""Light, colour, sharpness, noise and compression of made scenes."""

import cv2
import numpy as np


class Light:
    """Changes scenes as cameras do. Tables and prepared noise keep it fast."""

    def __init__(self, random, side):
        self.random = random
        self.noise = random.normal(0, 1, (2 * side, 2 * side, 3)).astype(np.float32)
        self.side = side

    def change(self, scene):
        """Returns a changed scene of the same size; the argument may be overwritten."""
        r = self.random
        scene = self._blur(scene)
        scene = cv2.LUT(scene, self._curves())
        if r.random() < 0.13:
            scene = cv2.cvtColor(cv2.cvtColor(scene, cv2.COLOR_BGR2GRAY), cv2.COLOR_GRAY2BGR)
        if r.random() < 0.35:
            y, x = r.integers(0, self.side, 2)
            noise = self.noise[y:y + self.side, x:x + self.side] * r.uniform(1, 12)
            scene = cv2.add(scene, noise, dtype=cv2.CV_8U)
        if r.random() < 0.15:
            _, data = cv2.imencode(".jpg", scene, [cv2.IMWRITE_JPEG_QUALITY, int(r.integers(25, 80))])
            scene = cv2.imdecode(data, cv2.IMREAD_COLOR)
        return scene

    def _blur(self, scene):
        r = self.random
        kind = r.random()
        if kind < 0.12:
            return cv2.GaussianBlur(scene, (0, 0), r.uniform(0.5, 1.6))
        if kind < 0.2:
            scale = r.uniform(0.4, 0.8)
            small = cv2.resize(scene, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
            return cv2.resize(small, (self.side, self.side), interpolation=cv2.INTER_LINEAR)
        return scene

    def _curves(self):
        """Returns a table of 256 values for each channel: gamma, contrast, brightness and colour."""
        r = self.random
        shades = np.linspace(0, 1, 256) ** np.exp(r.normal(0, 0.25))
        shades = (shades - 0.5) * r.uniform(0.55, 1.3) + 0.5 + r.normal(0, 0.07)
        colours = np.exp(r.normal(0, 0.08, 3))
        return np.clip(shades[:, None] * colours * 255, 0, 255).astype(np.uint8)[None]
