"""Made scenes for the training of the detector: pictures of labelled sets, turned, scaled, mirrored, put side by side,
covered, lit and blurred anew."""

import math

import cv2
import numpy as np

from detector_labels import mirror
from detector_light import Light

FACE, DOUBT = 1.0, 0.0        # kinds of a scene's rows
ROW = 15                      # x, y, width, height, five landmarks, kind


class Pictures:
    """The pictures of several sets (files of detector_labels) and the faces by which they are chosen."""

    def __init__(self, paths, settings, face_score, held=False):
        self.jpeg, self.faces, self.kinds, self.widths = [], [], [], []
        for path in paths:
            with np.load(path) as file:
                jpeg, start, first, faces, widths = (file[k] for k in ("jpeg", "start", "first", "faces", "width"))
                for i in np.nonzero(file["held"] == held)[0]:
                    self.jpeg.append(jpeg[start[i]:start[i + 1]])
                    self.faces.append(faces[first[i]:first[i + 1]])
                    self.kinds.append(str(file["kind"]))
                    self.widths.append(widths[i])
        self.face_score = face_score
        self.empty = [i for i, faces in enumerate(self.faces) if not len(faces)]
        # One row a face that can be the middle of a scene: picture, face, turn.
        rows = [(i, k, turn_of(face[5:].reshape(5, 2))) for i, faces in enumerate(self.faces)
                for k, face in enumerate(faces) if face[0] >= face_score and face[3] >= 22]
        self.targets = [(i, k) for i, k, _ in rows]
        weight = np.array([settings["kinds"][self.kinds[i]] / max(1, sum(f[0] >= face_score for f in self.faces[i])) ** 0.5
                           * (1 + settings["turned"] * min(1, max(0, abs(turn) - 0.15) / 0.45)) for i, _, turn in rows])
        self.chances = np.cumsum(weight / weight.sum()) if len(rows) else weight


def turn_of(points):
    """Computes how far a face is turned to a side from its landmarks (5 x 2), as the product does: the nose's place
    between the eyes, 0 in the middle, 1 and -1 at an eye."""
    line = points[1] - points[0]
    square = line @ line
    return float(np.clip(2 * ((points[2] - points[0]) @ line) / square - 1, -3, 3)) if square >= 1 else 3.0


class SceneMaker:
    """Makes scenes, square pictures of BGR bytes with the faces in them, from random numbers of one seed."""

    def __init__(self, pictures, settings, seed):
        self.pictures, self.settings = pictures, settings
        self.random = np.random.default_rng(seed)
        self.side = settings["side"] + settings["margin"]
        self.light = Light(self.random, self.side)

    def make(self):
        """Returns a scene, side x side x 3 bytes, and its faces, at most `most_faces` rows of 15 values."""
        kind = self.random.random()
        if kind < self.settings["one"]:
            scene, rows = self._one()
        elif kind < self.settings["one"] + self.settings["grid"]:
            scene, rows = self._grid()
        else:
            scene, rows = self._empty(self.side, self.side), []
        if rows and self.random.random() < self.settings["covered"]:
            self._cover(scene, rows[self.random.integers(len(rows))])
        scene = self.light.change(scene)
        if self.random.random() < 0.2:
            self._pad(scene, rows)
        rows = sorted(rows, key=lambda row: -row[2])[:self.settings["most_faces"]]
        return scene, np.array(rows, np.float32).reshape(-1, ROW)

    def _pad(self, scene, rows):
        """Blackens the right and the lower edge, as the product pads pictures."""
        right, bottom = self.side - self.random.integers(0, 32 + self.settings["margin"], 2)
        scene[:, right:] = 0
        scene[bottom:] = 0
        for row in rows:
            if row[0] + row[2] / 2 > right - 4 or row[1] + row[3] / 2 > bottom - 4:
                row[-1] = DOUBT

    def _width(self):
        widths = self.settings["widths"]
        low, high, _ = widths[self.random.choice(len(widths), p=[w[2] for w in widths])]
        return math.exp(self.random.uniform(math.log(low), math.log(high)))

    def _target(self):
        return self.pictures.targets[np.searchsorted(self.pictures.chances, self.random.random())]

    def _one(self):
        scene = self._empty(self.side, self.side)
        rows = []
        width = self._width()
        place = self.random.uniform(0.03, 0.97, 2) if width < 100 else self.random.uniform(0.2, 0.8, 2)
        self._paste(scene, rows, self._target(), width, place * self.side, (0, 0, self.side, self.side))
        return scene, rows

    def _grid(self):
        scene = np.empty((self.side, self.side, 3), np.uint8)
        rows, r = [], self.random
        x, y = (r.uniform(0.35, 0.65, 2) * self.side).astype(int)
        for left, right in ((0, x), (x, self.side)):
            for top, bottom in ((0, y), (y, self.side)):
                part = scene[top:bottom, left:right]
                part[:] = self._empty(right - left, bottom - top)
                if r.random() < 0.9:
                    size = min(right - left, bottom - top)
                    place = np.array([left, top]) + r.uniform(0.4, 0.6, 2) * (right - left, bottom - top)
                    self._paste(scene, rows, self._target(), size * r.uniform(0.4, 1.0), place, (left, top, right, bottom))
        return scene, rows

    def _empty(self, width, height):
        """Returns a picture without a face: a part of one, or a gradient."""
        r = self.random
        if not self.pictures.empty or r.random() < 0.12:
            shades = np.linspace(r.uniform(0, 255, 3), r.uniform(0, 255, 3), width)
            return np.broadcast_to(shades.astype(np.uint8), (height, width, 3)).copy()
        jpeg = self.pictures.jpeg[self.pictures.empty[r.integers(len(self.pictures.empty))]]
        picture = cv2.imdecode(jpeg, cv2.IMREAD_REDUCED_COLOR_2 if r.random() < 0.5 else cv2.IMREAD_COLOR)
        h, w = picture.shape[:2]
        ratio = width / height
        part = min(h, w / ratio) * r.uniform(0.4, 1)
        ph, pw = max(2, int(part)), max(2, int(part * ratio))
        top, left = r.integers(h - ph + 1) if ph < h else 0, r.integers(w - pw + 1) if pw < w else 0
        return cv2.resize(picture[top:top + ph, left:left + pw], (width, height), interpolation=cv2.INTER_LINEAR)

    def _paste(self, scene, rows, target, width, place, area):
        """Draws the picture of a target into an area of the scene (left, top, right, bottom) so that the face is `width`
        wide with its middle at `place`, and adds the faces."""
        r = self.random
        i, k = target
        jpeg, faces = self.pictures.jpeg[i], self.pictures.faces[i]
        scale = min(width / max(faces[k, 3], 0.75 * faces[k, 4]), 1.8)
        reduced = 1
        while scale * reduced <= 0.5 and reduced < 8:
            reduced *= 2
        read = {1: cv2.IMREAD_COLOR, 2: cv2.IMREAD_REDUCED_COLOR_2, 4: cv2.IMREAD_REDUCED_COLOR_4, 8: cv2.IMREAD_REDUCED_COLOR_8}
        picture = cv2.imdecode(jpeg, read[reduced])
        if r.random() < 0.5:
            faces = mirror(faces, self.pictures.widths[i])
            picture = cv2.flip(picture, 1)
        angle = math.radians(r.normal(0, 20 if r.random() < 0.15 else 6))
        c, s = scale * math.cos(angle), scale * math.sin(angle)
        turn = np.array([[c, -s], [s, c]])
        middle = faces[k, 1:3] + faces[k, 3:5] / 2
        matrix = np.concatenate([turn, (place - turn @ middle)[:, None]], 1)
        # From the reduced picture's pixels to the full one's: x = reduced * x' + (reduced - 1) / 2.
        drawn = np.concatenate([turn * reduced, (matrix[:, 2] + turn.sum(1) * (reduced - 1) / 2)[:, None]], 1)
        left, top, right, bottom = area
        drawn[:, 2] -= left, top
        part = scene[top:bottom, left:right]
        border = (cv2.BORDER_TRANSPARENT, cv2.BORDER_CONSTANT, cv2.BORDER_REPLICATE)[r.choice(3, p=(0.6, 0.2, 0.2))]
        part[:] = cv2.warpAffine(picture, drawn, (right - left, bottom - top), dst=part.copy(), flags=cv2.INTER_LINEAR,
                                 borderMode=border)
        for face in faces:
            self._add(rows, face, matrix, scale, area)

    def _add(self, rows, face, matrix, scale, area):
        size = face[3:5] * scale
        middle = matrix[:, :2] @ (face[1:3] + face[3:5] / 2) + matrix[:, 2]
        corner = middle - size / 2
        left, top, right, bottom = area
        seen = np.prod(np.maximum(np.minimum(corner + size, (right, bottom)) - np.maximum(corner, (left, top)), 0))
        fraction = seen / max(np.prod(size), 1e-6)
        if fraction < 0.2:
            return
        certain = face[0] >= self.pictures.face_score and fraction > 0.55 and min(size) >= 9
        points = face[5:].reshape(5, 2) @ matrix[:, :2].T + matrix[:, 2]
        rows.append([*corner, *size, *points.ravel(), FACE if certain else DOUBT])

    def _cover(self, scene, row):
        """Covers a part of a face: a side, the mouth or the forehead."""
        r = self.random
        x, y, w, h = row[:4]
        covered = [(x, y + 0.55 * h, w, 0.5 * h), (x, y - 0.1 * h, w, 0.4 * h), (x - 0.1 * w, y, 0.5 * w, h),
                   (x + 0.6 * w, y, 0.5 * w, h)][r.choice(4, p=(0.4, 0.2, 0.2, 0.2))]
        left, top = max(0, int(covered[0])), max(0, int(covered[1]))
        right, bottom = min(self.side, int(covered[0] + covered[2])), min(self.side, int(covered[1] + covered[3]))
        if right - left >= 3 and bottom - top >= 3:
            scene[top:bottom, left:right] = self._empty(right - left, bottom - top)
