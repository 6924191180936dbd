"""Finds the faces in the pictures of a set, cuts them out aligned, and labels them with the teachers' encodings.

One pass does all three, since reading the pictures costs as much as a network. A set's result is three files in `faces/`:

    SET.crops   n x 112 x 112 x 3 bytes, BGR: aligned to the student's template (96 x 96) with a margin of 8 pixels for augmentation
    SET.labels  n x 384 float16: the teachers' encodings, each of unit length, joined and divided by sqrt(2)
    SET.tsv     a line a face: picture, person (or -), score, width in pixels, ten coordinates of the landmarks
"""
import os

import cv2
import numpy as np
import torch

import alignment
from onnx_torch import OnnxModule
from yunet import YuNet

MARGIN = 8
CROP = alignment.SIDE + 2 * MARGIN
LONGEST_SIDE = 640      # of a picture; larger ones are scaled down
DETECTION_SIDE = 288    # of the copy in which faces are looked for
BATCH = 32
PICTURES = ('.jpg', '.jpeg', '.png')
IMAGENET = (np.array([0.485, 0.456, 0.406], np.float32), np.array([0.229, 0.224, 0.225], np.float32))


def list_pictures(folder):
    """Returns (path relative to the folder, person or None) of every picture, sorted. In a set of people each has a folder."""
    found = []
    for where, _, names in os.walk(folder):
        person = os.path.relpath(where, folder)
        found += [(os.path.relpath(os.path.join(where, n), folder), None if person == '.' else person)
                  for n in names if n.lower().endswith(PICTURES)]
    return sorted(found)


def read_picture(path):
    """Returns the picture (BGR), at most 640 pixels long, or None if the file is not a picture or smaller than 24 pixels."""
    picture = cv2.imread(path, cv2.IMREAD_COLOR)
    if picture is None or min(picture.shape[:2]) < 24:
        return None
    scale = LONGEST_SIDE / max(picture.shape[:2])
    return picture if scale >= 1 else cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)


class Teachers:
    """The two networks whose joined encoding the student learns: mobilefacenet and face-reidentification-retail-0095."""

    def __init__(self, models, device='cpu'):
        self.device = device
        self.mobilefacenet = OnnxModule(os.path.join(models, 'mobilefacenet-foamliu.onnx')).to(device).eval()
        self.retail = OnnxModule(os.path.join(models, 'face-reidentification-retail-0095.onnx')).to(device).eval()

    @torch.no_grad()
    def encode(self, faces_112, faces_128):
        """Returns n x 384, unit length, of n x 112 x 112 x 3 and n x 128 x 128 x 3 bytes (BGR) of the same faces."""
        first = (faces_112[..., ::-1].astype(np.float32) / 255 - IMAGENET[0]) / IMAGENET[1]
        with torch.autocast(self.device, dtype=torch.bfloat16):
            # The file's last reshape is made for one face.
            one = self.mobilefacenet(self._planes(first)).float().reshape(len(first), -1)
            other = self.retail(self._planes(faces_128.astype(np.float32))).flatten(1).float()
        joined = [torch.nn.functional.normalize(e).cpu().numpy() for e in (one, other)]
        return np.concatenate(joined, 1) / np.sqrt(2)

    def _planes(self, pixels):
        return torch.from_numpy(np.ascontiguousarray(pixels)).to(self.device).permute(0, 3, 1, 2)


class FaceCutter:
    """Cuts and labels the faces of batches of pictures."""

    def __init__(self, models, device='cpu', min_score=0.7, min_width=36, most=6):
        self.detector = YuNet(os.path.join(models, 'yunet_n_dynamic.onnx'), device)
        self.teachers = Teachers(models, device)
        self.min_score, self.min_width, self.most = min_score, min_width, most

    def find(self, pictures):
        """Returns the usable faces of each picture as (score, width, landmarks 5 x 2), nearest the centre first."""
        small, scales, borders = [], [], []
        for picture in pictures:
            scale = min(1.0, DETECTION_SIDE / max(picture.shape[:2]))
            copy = picture if scale == 1 else cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
            border = max(copy.shape[:2]) // 6   # a reflected border helps with faces that fill the picture
            small.append(cv2.copyMakeBorder(copy, border, border, border, border, cv2.BORDER_REFLECT_101))
            scales.append(np.array([copy.shape[1] / picture.shape[1], copy.shape[0] / picture.shape[0]]))
            borders.append(border)
        with torch.autocast(self.detector.device, dtype=torch.bfloat16):
            detected = self.detector.detect(small, self.min_score)
        return [self._usable(f, s, b, p) for f, s, b, p in zip(detected, scales, borders, pictures)]

    def _usable(self, faces, scale, border, picture):
        size = np.array(picture.shape[1::-1])
        found = []
        for face in faces:
            corner, extent = (face[1:3] - border) / scale, face[3:5] / scale
            centre = corner + extent / 2
            if (centre > 0).all() and (centre < size).all() and extent[0] >= self.min_width:
                found.append((((centre - size / 2) ** 2).sum(), face[0], extent[0], (face[5:15].reshape(5, 2) - border) / scale))
        return [f[1:] for f in sorted(found, key=lambda f: f[0])[:self.most]]

    def cut(self, pictures, faces):
        """Returns crops (n x 112 x 112 x 3) and labels (n x 384) of all faces, picture after picture."""
        pairs = [(p, f[2]) for p, found in zip(pictures, faces) for f in found]
        if not pairs:
            return np.zeros((0, CROP, CROP, 3), np.uint8), np.zeros((0, 384), np.float32)
        crops = np.stack([alignment.warp(p, l, alignment.TEMPLATE, alignment.SIDE, MARGIN) for p, l in pairs])
        first = np.stack([alignment.warp(p, l, alignment.TEMPLATE_112, 112) for p, l in pairs])
        second = np.stack([alignment.warp(p, l, alignment.TEMPLATE_0095, 128) for p, l in pairs])
        return crops, self.teachers.encode(first, second)


def cut_set(cutter, folder, out, people=False, progress=None):
    """Writes OUT.crops, OUT.labels and OUT.tsv of all pictures in a folder; returns the number of faces.

    In a set of people only the face nearest the centre counts. An unfinished run leaves OUT.*.part, which the next one replaces."""
    listed, count = list_pictures(folder), 0
    parts = {kind: open(f'{out}.{kind}.part', 'wb') for kind in ('crops', 'labels', 'tsv')}
    for start in range(0, len(listed), BATCH):
        read = [(name, person, read_picture(os.path.join(folder, name))) for name, person in listed[start:start + BATCH]]
        read = [r for r in read if r[2] is not None]
        if not read:
            continue
        pictures = [r[2] for r in read]
        faces = [f[:1] if people else f for f in cutter.find(pictures)]
        crops, labels = cutter.cut(pictures, faces)
        parts['crops'].write(crops.tobytes())
        parts['labels'].write(labels.astype(np.float16).tobytes())
        for (name, person, _), found in zip(read, faces):
            for score, width, landmarks in found:
                points = '\t'.join(f'{v:.2f}' for v in landmarks.ravel())
                parts['tsv'].write(f'{name}\t{person if people else "-"}\t{score:.3f}\t{width:.1f}\t{points}\n'.encode())
        count += len(crops)
        if progress:
            progress(min(start + BATCH, len(listed)), len(listed), count)
    for kind, file in parts.items():
        file.close()
        os.replace(file.name, f'{out}.{kind}')
    return count
