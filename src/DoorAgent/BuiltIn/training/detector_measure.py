"""Measures a detector against the teacher, with the product's search and decoding.

    python3 detector_measure.py DETECTOR.onnx TEACHER.onnx [--portraits FOLDER] [--people FOLDER] [--sets SET.npz...]

Portraits are pictures with one face in the middle, as LFW's; of the sets, files of detector_labels, only the pictures held
out from training count. Errors of landmarks are fractions of the distance of the teacher's eyes.
"""

import argparse
import os

import cv2
import numpy as np
import torch

from alignment import TEMPLATE, similarity
from detector_labels import overlap
from detector_scenes import turn_of
from detector_settings import load_settings
from faces import list_pictures
from yunet import STRIDES, YuNet, decode

MIN_SCORE, MAX_OVERLAP, MAX_CONTAINMENT = 0.6, 0.3, 0.6   # as DetectionDecoder
SMALL_SIDE, GOOD_WIDTH = 256, 80                          # as FaceFinder
PROFILE_TURN = 0.6
DOUBT_SCORE = 0.3         # of the teacher; what it does not see even so is not a face
BATCH = 16


def containment(face, others):
    """Computes the part of the smaller box that lies in the other one, of a box and k others."""
    low = np.maximum(face[:2], others[:, :2])
    high = np.minimum(face[:2] + face[2:4], others[:, :2] + others[:, 2:4])
    return np.prod(np.maximum(high - low, 0), 1) / np.minimum(face[2] * face[3], others[:, 2] * others[:, 3])


def suppress(faces, max_containment):
    """Keeps, from the highest score down, the faces that are none of the kept ones."""
    kept = np.zeros((0, 15), np.float32)
    for face in faces[np.argsort(-faces[:, 0], kind="stable")]:
        if not len(kept) or (overlap(face[1:5], kept[:, 1:5]).max() <= MAX_OVERLAP
                             and containment(face[1:5], kept[:, 1:5]).max() < max_containment):
            kept = np.concatenate([kept, face[None]])
    return kept


def halve(picture):
    h, w = picture.shape[0] // 2 * 2, picture.shape[1] // 2 * 2
    p = picture[:h, :w].astype(np.uint16)
    return ((p[::2, ::2] + p[1::2, ::2] + p[::2, 1::2] + p[1::2, 1::2] + 2) // 4).astype(np.uint8)


class Finder:
    """Finds faces as the product does (FaceFinder): in a small copy first, then at twice the size."""

    def __init__(self, path, device, min_score=MIN_SCORE):
        self.network, self.min_score = YuNet(path, device), min_score

    def find(self, pictures):
        """Returns for each picture two arrays of faces (k x 15): with boxes that hold smaller ones, and without."""
        levels, results = [], [None] * len(pictures)
        for picture in pictures:
            copies = [picture]
            while max(copies[-1].shape[:2]) > SMALL_SIDE:
                copies.append(halve(copies[-1]))
            levels.append(copies)
        waiting = list(range(len(pictures)))
        while waiting:
            raw = self._raw([levels[i][-1] for i in waiting])
            left = []
            for i, found in zip(waiting, raw):
                scale = 2 ** (len(levels[i]) - 1)
                found[:, 1:3] = found[:, 1:3] * scale + (scale - 1) / 2
                found[:, 3:5] *= scale
                found[:, 5:] = found[:, 5:] * scale + (scale - 1) / 2
                results[i] = suppress(found, 9), suppress(found, MAX_CONTAINMENT)
                levels[i].pop()
                if levels[i] and not (results[i][1][:, 3] >= GOOD_WIDTH * scale).any():
                    left.append(i)
            waiting = left
        return results

    @torch.no_grad()
    def _raw(self, pictures):
        found = [None] * len(pictures)
        shapes = {}
        for i, picture in enumerate(pictures):
            shapes.setdefault(tuple(-(-n // 32) * 32 for n in picture.shape[:2]), []).append(i)
        for (height, width), members in shapes.items():
            for begin in range(0, len(members), BATCH):
                part = members[begin:begin + BATCH]
                planes = np.zeros((len(part), height, width, 3), np.uint8)
                for row, i in zip(planes, part):
                    row[:pictures[i].shape[0], :pictures[i].shape[1]] = pictures[i]
                planes = torch.from_numpy(planes).to(self.network.device).permute(0, 3, 1, 2).float()
                outputs = [o.float().cpu().numpy() for o in self.network.network(planes)]
                for n, i in enumerate(part):
                    parts = [[outputs[k][n] for k in self.network.order[4 * s:4 * s + 4]] for s in range(3)]
                    found[i] = decode(parts, [width // s for s in STRIDES], self.min_score)
        return found


def main_face(faces, picture):
    """Returns the face of a portrait (MainFace.OfPicture), or None."""
    faces = faces[faces[:, 0] >= MIN_SCORE]
    if not len(faces):
        return None
    height, width = picture.shape[:2]
    away = ((faces[:, 1:3] + faces[:, 3:5] / 2 - (width / 2, height / 2)) ** 2).sum(1)
    return faces[np.argmax(faces[:, 0] * (faces[:, 3] * faces[:, 4] - 2 * away))]


def ghosts(faces):
    """Counts boxes that hold a smaller one of a higher score."""
    return sum(((containment(f[1:5], faces[:, 1:5]) >= MAX_CONTAINMENT) & (faces[:, 0] > f[0])
                & (faces[:, 3] * faces[:, 4] < f[3] * f[4])).any() for f in faces)


def landmark_error(face, truth):
    """Returns the mean distance of the landmarks, and of the template's points when both align a face."""
    points, wanted = face[5:].reshape(5, 2), truth[5:].reshape(5, 2)
    # A profile's eyes are close together; then the face's width says more.
    unit = max(np.linalg.norm(wanted[1] - wanted[0]), 0.25 * truth[3])
    placed = [(TEMPLATE - m[:, 2]) @ np.linalg.inv(m[:, :2]).T for m in (similarity(p, TEMPLATE) for p in (points, wanted))]
    return np.linalg.norm(points - wanted, axis=1).mean() / unit, np.linalg.norm(placed[0] - placed[1], axis=1).mean() / unit


def describe(errors):
    if not errors:
        return "no landmarks"
    e = np.array(errors)
    return (f"landmarks mean {e[:, 0].mean():.4f} median {np.median(e[:, 0]):.4f} 95 % {np.quantile(e[:, 0], 0.95):.4f}, "
            f"alignment mean {e[:, 1].mean():.4f} median {np.median(e[:, 1]):.4f} 95 % {np.quantile(e[:, 1], 0.95):.4f}")


def in_batches(paths):
    for begin in range(0, len(paths), 4 * BATCH):
        yield [cv2.imread(path) for path in paths[begin:begin + 4 * BATCH]]


def measure_portraits(finder, teacher, folder):
    paths = [os.path.join(folder, name) for name, _ in list_pictures(folder)]
    errors, turns, missed, other, ghostly, extra = [], [], 0, 0, 0, 0
    for pictures in in_batches(paths):
        for picture, (plain, faces), (_, wanted) in zip(pictures, finder.find(pictures), teacher.find(pictures)):
            ghostly += ghosts(plain) > 0
            face, truth = main_face(faces, picture), main_face(wanted, picture)
            missed += face is None
            extra += sum(overlap(f[1:5], wanted[:, 1:5]).max() < MAX_OVERLAP for f in faces) if len(wanted) else 0
            if face is None or truth is None:
                continue
            if overlap(face[1:5], truth[None, 1:5])[0] < MAX_OVERLAP:
                other += 1
            else:
                errors.append(landmark_error(face, truth))
                turns.append((abs(turn_of(face[5:].reshape(5, 2))), abs(turn_of(truth[5:].reshape(5, 2)))))
    turns = np.reshape(turns, (-1, 2))
    profiles = turns[turns[:, 1] > PROFILE_TURN, 0]
    print(f"{folder} {len(paths)}: no face {missed}, another face {other}, ghosts in {ghostly}, faces that the teacher lacks "
          f"{extra}, turned {(profiles > PROFILE_TURN).sum()} of {len(profiles)}; {describe(errors)}", flush=True)


def measure_people(finder, folder):
    paths = [os.path.join(folder, name) for name, _ in list_pictures(folder)]
    counts = [len(faces) for pictures in in_batches(paths) for _, faces in finder.find(pictures)]
    plain = np.bincount(counts, minlength=2)
    print(f"people {len(paths)}: one face in {plain[1]}, none in {plain[0]}, several in {len(counts) - plain[0] - plain[1]}", flush=True)


def measure_set(finder, path, face_score):
    with np.load(path) as file:
        chosen = np.nonzero(file["held"])[0]
        start, first = file["start"], file["first"]
        pictures = [cv2.imdecode(file["jpeg"][start[i]:start[i + 1]], cv2.IMREAD_COLOR) for i in chosen]
        labels = [file["faces"][first[i]:first[i + 1]] for i in chosen]
    errors, turned, profiles, found, certain, false, ghostly = [], 0, 0, 0, 0, 0, 0
    for (plain, faces), wanted in zip(finder.find(pictures), labels):
        ghostly += ghosts(plain) > 0
        false += sum(not len(wanted) or overlap(f[1:5], wanted[:, 1:5]).max() < MAX_OVERLAP for f in faces)
        for truth in wanted[(wanted[:, 0] >= face_score) & (wanted[:, 3] >= 24)]:
            certain += 1
            same = overlap(truth[1:5], faces[:, 1:5]) if len(faces) else np.zeros(1)
            if same.max() < 0.4:
                continue
            found += 1
            face = faces[same.argmax()]
            errors.append(landmark_error(face, truth))
            if abs(turn_of(truth[5:].reshape(5, 2))) > PROFILE_TURN:
                profiles += 1
                turned += abs(turn_of(face[5:].reshape(5, 2))) > PROFILE_TURN
    print(f"{os.path.basename(path)} {len(pictures)}: found {found} of {certain}, false {false}, ghosts in {ghostly}, "
          f"turned {turned} of {profiles}; {describe(errors)}", flush=True)
    return turned, profiles


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("detector")
    parser.add_argument("teacher")
    parser.add_argument("--portraits", nargs="*", default=[])
    parser.add_argument("--people")
    parser.add_argument("--sets", nargs="*", default=[])
    parser.add_argument("--settings")
    parser.add_argument("--device", default="cpu")
    options = parser.parse_args()
    torch.set_num_threads(1)
    cv2.setNumThreads(1)
    finder = Finder(options.detector, options.device)
    if options.people:
        measure_people(finder, options.people)
    face_score = load_settings(options.settings)["labels"]["face_score"]
    totals = [measure_set(finder, path, face_score) for path in options.sets]
    if totals:
        print("profiles: turned {} of {}".format(*np.sum(totals, 0)))
    teacher = Finder(options.teacher, options.device, DOUBT_SCORE)
    for folder in options.portraits:
        measure_portraits(finder, teacher, folder)


if __name__ == "__main__":
    main()
