"""Labels pictures for the detector: boxes and landmarks of the teacher, YuNet-n, and of the teacher's mirror image.

    python3 detector_labels.py TEACHER.onnx PICTURES/SET KIND OUT.npz [--settings FILE]

`recipe.py detector-faces` does so for every set of sources.tsv.

A set becomes one file: the pictures, reduced and compressed, and what the teacher found in them. Its arrays:

    jpeg     bytes of all pictures, one after the other
    start    n + 1 offsets into jpeg
    first    n + 1 offsets into faces
    faces    k x 15 float32: score, x, y, width, height, five landmarks, in the stored picture's pixels
    width    n widths of the pictures in pixels
    held     n flags: the picture is for measuring, not for training
    kind     what the set shows: faces, people, scenes, profiles, noface or paper
"""

import argparse
import os
import random
import zlib

import cv2
import numpy as np
import torch

from detector_settings import load_settings
from faces import list_pictures, read_picture
from needs import need_files, need_folder
from yunet import YuNet

CROP = 192            # a face is labelled in a square of this side, of which it takes half the width
BATCH = 16
SAME = 0.4            # least intersection over union of two views of a face
MIRRORED = [1, 0, 2, 4, 3]


def overlap(face, others):
    """Computes the intersection over union of a box (x, y, width, height) with k others."""
    low = np.maximum(face[:2], others[:, :2])
    high = np.minimum(face[:2] + face[2:4], others[:, :2] + others[:, 2:4])
    common = np.prod(np.maximum(high - low, 0), 1)
    return common / (face[2] * face[3] + others[:, 2] * others[:, 3] - common)


def mirror(faces, width):
    """Returns the faces (k x 15) of a picture's mirror image. Pixel centres are at whole numbers."""
    out = faces.copy()
    out[:, 1] = width - 1 - faces[:, 1] - faces[:, 3]
    points = faces[:, 5:].reshape(-1, 5, 2)[:, MIRRORED].copy()
    points[..., 0] = width - 1 - points[..., 0]
    out[:, 5:] = points.reshape(-1, 10)
    return out


def shrink(picture, side):
    """Returns the picture with a longer side of at most `side`, and the scale."""
    scale = min(1.0, side / max(picture.shape[:2]))
    return (picture if scale == 1 else cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)), scale


def to_picture(faces, scale, shift):
    """Converts faces of a copy, which is `scale` times as large and begins at -`shift`, to the picture's pixels."""
    out = faces.copy()
    out[:, 1:3] = (faces[:, 1:3] + 0.5) / scale - 0.5 + shift
    out[:, 3:5] = faces[:, 3:5] / scale
    out[:, 5:] = ((faces[:, 5:].reshape(-1, 5, 2) + 0.5) / scale - 0.5 + shift).reshape(-1, 10)
    return out


class Labeller:
    """Finds faces in pictures and measures each again at the size at which the teacher is most precise."""

    def __init__(self, teacher, settings):
        self.teacher, self.settings = teacher, settings

    def label(self, pictures):
        """Returns the faces (k x 15) of each picture, the doubtful ones among them."""
        found = [self._search(picture) for picture in pictures]
        cuts = [cut(picture, face) for picture, faces in zip(pictures, found) for face in faces]
        if not cuts:
            return found
        views = [c for c, _, _ in cuts] + [np.ascontiguousarray(c[:, ::-1]) for c, _, _ in cuts]
        views = self.teacher.detect(views, self.settings["doubt_score"])
        places = iter([(scale, corner, views[i], mirror(views[i + len(cuts)], CROP)) for i, (_, scale, corner) in enumerate(cuts)])
        return [np.array([self._merge(face, *next(places)) for face in faces], np.float32).reshape(-1, 15) for faces in found]

    def _search(self, picture):
        found = np.zeros((0, 15), np.float32)
        for side in self.settings["search_sides"]:
            copy, scale = shrink(picture, side)
            border = max(copy.shape[:2]) // 6   # finds faces that fill the picture
            wide = cv2.copyMakeBorder(copy, border, border, border, border, cv2.BORDER_REFLECT_101)
            # The search need not be precise.
            with torch.autocast(self.teacher.device, dtype=torch.bfloat16):
                faces = self.teacher.detect([wide], self.settings["doubt_score"])[0]
            faces = to_picture(faces, scale, -(border + 0.5) / scale + 0.5)
            middle = faces[:, 1:3] + faces[:, 3:5] / 2
            inside = ((middle > 0) & (middle < picture.shape[1::-1])).all(1)
            new = [f for f in faces[inside] if not len(found) or overlap(f[1:5], found[:, 1:5]).max() < 0.3]
            found = np.concatenate([found, *[f[None] for f in new]])
            if scale == 1 or len(found) and found[:, 3].max() * scale >= self.settings["enough"]:
                break
        return found[np.argsort(-found[:, 0], kind="stable")][:24]

    def _merge(self, face, scale, corner, plain, mirrored):
        """Returns the mean of the face's two views, or the face with a doubtful score if a view lacks it."""
        size = face[3:5] * scale
        expected = np.concatenate([(CROP - 1 - size) / 2, size])
        seen = [view[overlap(expected, view[:, 1:5]).argmax()] for view in (plain, mirrored) if len(view)]
        seen = [view for view in seen if overlap(expected, view[None, 1:5])[0] >= SAME]
        if len(seen) < 2:
            return np.concatenate([[min(face[0], self.settings["face_score"] - 0.01)], face[1:]])
        mean = np.mean(seen, 0)
        mean[1:] /= scale
        mean[1:3] += corner
        mean[5:] += np.tile(corner, 5)
        return mean


def cut(picture, face):
    """Cuts out a face in the middle of a square of CROP pixels, of which it takes half the width.

    :returns: the square, its scale, and its first pixel's place in the picture.
    """
    scale = CROP / 2 / max(face[3], 0.8 * face[4])
    corner = face[1:3] + face[3:5] / 2 - (CROP - 1) / 2 / scale
    matrix = np.array([[scale, 0, -corner[0] * scale], [0, scale, -corner[1] * scale]])
    source = picture if scale > 0.6 else cv2.blur(picture, (int(1 / scale),) * 2)
    return cv2.warpAffine(source, matrix, (CROP, CROP), borderMode=cv2.BORDER_REFLECT_101), scale, corner


def reduce(picture, faces, settings):
    """Returns picture and faces at the size in which they are stored."""
    certain = faces[faces[:, 0] >= settings["face_score"]]
    scale = min(1.0, settings["side"] / max(picture.shape[:2]))
    if len(certain):
        scale = min(scale, max(settings["face"] / certain[:, 3].max(), 0.1))
    if scale == 1:
        return picture, faces
    small = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    return small, to_picture(faces, 1 / scale, 0)


def label_set(labeller, folder, kind, settings, seed, most):
    """Labels `most` pictures of a folder; returns the arrays of the set's file."""
    names = [name for name, _ in list_pictures(folder)]
    random.Random(seed).shuffle(names)
    jpeg, all_faces, widths, held = [], [], [], []
    names = names[:most]
    for begin in range(0, len(names), BATCH):
        read = [(name, read_picture(os.path.join(folder, name))) for name in names[begin:begin + BATCH]]
        read = [(name, picture) for name, picture in read if picture is not None]
        for (name, picture), faces in zip(read, labeller.label([picture for _, picture in read])):
            certain = (faces[:, 0] >= settings["face_score"]).any()
            # A doubtful face makes a picture neither one with faces nor one without.
            if certain == (kind == "noface") or (kind == "noface" and len(faces)):
                continue
            picture, faces = reduce(picture, faces, settings)
            data = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, settings["quality"]])[1]
            jpeg.append(data.ravel())
            all_faces.append(faces)
            widths.append(picture.shape[1])
            held.append(zlib.crc32(name.encode()) % settings["held_out"] == 0)
    return {"jpeg": np.concatenate(jpeg or [np.zeros(0, np.uint8)]), "start": np.cumsum([0] + [len(j) for j in jpeg]),
            "first": np.cumsum([0] + [len(f) for f in all_faces]),
            "faces": np.concatenate(all_faces or [np.zeros((0, 15), np.float32)]).astype(np.float32),
            "width": np.array(widths, np.int32), "held": np.array(held, bool), "kind": np.array(kind)}


def write_set(teacher, folder, kind, out, settings, most=None):
    """Labels a folder's pictures, as many as `most` or the settings say, and writes the set's file; returns a line about it."""
    os.makedirs(os.path.dirname(out) or ".", exist_ok=True)     # before an hour's work
    labels = settings["labels"]
    arrays = label_set(Labeller(teacher, labels), folder, kind, labels, settings["seed"], most or labels[kind])
    part = out + ".part.npz"
    np.savez(part, **arrays)
    os.replace(part, out)
    return f"{out}: {len(arrays['held'])} pictures, {len(arrays['faces'])} faces, {len(arrays['jpeg']) >> 20} MiB"


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("teacher")
    parser.add_argument("folder")
    parser.add_argument("kind", choices=("faces", "people", "scenes", "profiles", "noface", "paper"))
    parser.add_argument("out")
    parser.add_argument("--settings")
    parser.add_argument("--most", type=int, help="pictures; else the settings' number for the kind")
    parser.add_argument("--device", default="cpu")
    options = parser.parse_args()
    need_files([options.teacher], "the teacher is yunet_n_dynamic.onnx.")
    need_folder(options.folder, "recipe.py fetch makes the folders of pictures.")
    settings = load_settings(options.settings)
    torch.set_num_threads(1)
    cv2.setNumThreads(1)
    teacher = YuNet(options.teacher, options.device)
    print(write_set(teacher, options.folder, options.kind, options.out, settings, options.most))


if __name__ == "__main__":
    main()
