"""LFW's View 1, for watching a training: 500 pairs of one person, 500 of two. View 2 decides nothing here."""
import os

import numpy as np

import alignment
import faces
from needs import need


def read_pairs(folder):
    """Returns (relative path, relative path, same person) of `pairsDevTest.txt`."""
    def path(name, number):
        return os.path.join(name, f'{name}_{int(number):04d}.jpg')

    pairs = []
    with open(os.path.join(folder, 'pairsDevTest.txt'), encoding='utf-8') as file:
        for fields in (line.split() for line in list(file)[1:]):
            if len(fields) == 3:
                pairs.append((path(fields[0], fields[1]), path(fields[0], fields[2]), True))
            elif len(fields) == 4:
                pairs.append((path(fields[0], fields[1]), path(fields[2], fields[3]), False))
    return pairs


def accuracy(encodings, pairs, index):
    """Returns (accuracy at the best single threshold, share of same pairs nearer than every other pair)."""
    distance = np.array([np.linalg.norm(encodings[index[a]] - encodings[index[b]]) for a, b, _ in pairs])
    same = np.array([s for _, _, s in pairs])
    best = max(((distance < t) == same).mean() for t in np.sort(distance) + 1e-6)
    return best, (distance[same] < distance[~same].min()).mean()


def cut(detector, folder):
    """Returns (crops with margin, names) of View 1's pictures: the face nearest the centre, black outside, as in the product."""
    import cv2
    names = sorted({name for a, b, _ in read_pairs(folder) for name in (a, b)})
    crops = []
    for start in range(0, len(names), 32):
        pictures = [cv2.imread(os.path.join(folder, n)) for n in names[start:start + 32]]
        for name, picture in zip(names[start:], pictures):
            need(picture is not None, f'{os.path.join(folder, name)} is missing or is not a picture: View 1 needs the pictures of LFW.')
        for picture, found in zip(pictures, detector.detect(pictures, 0.5)):
            landmarks = alignment.TEMPLATE_112 + 69     # where a centred face of LFW has them, if none is found
            if len(found):
                middle = found[:, 1:3] + found[:, 3:5] / 2 - np.array(picture.shape[1::-1]) / 2
                nearest = np.argmax(found[:, 3] * found[:, 4] - 2 * (middle ** 2).sum(1))
                landmarks = found[nearest, 5:15].reshape(5, 2)
            crops.append(alignment.warp(picture, landmarks, alignment.TEMPLATE, alignment.SIDE, faces.MARGIN, cv2.BORDER_CONSTANT))
    return np.stack(crops), names
