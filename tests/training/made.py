"""Made pictures and sets for the tests: drawn faces, nobody's."""
import functools
import json
import os
import unittest

import cv2
import numpy as np

import alignment
import faces

ROOT = os.path.abspath(os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..'))
SHARED = os.environ.get('DOORAGENT_SHARED') or os.path.join(ROOT, '..', 'shared')
BUILT_IN = os.path.join(ROOT, 'src', 'DoorAgent', 'BuiltIn', 'models')
FACE = np.array([[70.0, 80], [130, 80], [100, 115], [75, 150], [125, 150]])     # landmarks of a face that looks straight ahead


def shared(*parts):
    """Returns a path in ../shared, or skips the test where there is none."""
    path = os.path.join(SHARED, *parts)
    if not os.path.exists(path):
        raise unittest.SkipTest(f'needs {"/".join(parts)} of the files of others (../shared or DOORAGENT_SHARED)')
    return path


def manifest(folder):
    with open(os.path.join(folder, 'manifest.json'), encoding='utf-8') as file:
        return {model['id']: model for model in json.load(file)['models']}


def known_answer_face(width, height):
    """The face of the manifests' known answers: byte i = (i * 2654435761) >> 24 in 32 bits."""
    i = np.arange(width * height * 3, dtype=np.uint64)
    return ((i * 2654435761 % 2 ** 32) >> 24).astype(np.uint8).reshape(height, width, 3)


def drawn_face(person, picture):
    """Returns a drawn picture, 200 x 200 x 3, and its landmarks, 5 x 2. Colours follow the person, place and light the picture."""
    of_person, of_picture = np.random.default_rng([1, person]), np.random.default_rng([2, person, picture])
    skin, hair, eyes = of_person.integers(60, 240, 3), of_person.integers(0, 120, 3), of_person.integers(0, 90, 3)
    nose, mouth = of_person.integers(6, 14), of_person.integers(3, 9)
    scene = np.full((200, 200, 3), of_picture.integers(0, 255, 3), np.uint8)

    def draw(middle, size, colour):
        cv2.ellipse(scene, tuple(map(int, middle)), tuple(map(int, size)), 0, 0, 360, [int(c) for c in colour], -1, cv2.LINE_AA)
    draw((100, 95), (62, 84), hair)
    draw((100, 110), (54, 72), skin)
    for x, y in FACE[:2]:
        draw((x, y), (11, 7), (250, 250, 250))
        draw((x, y), (5, 6), eyes)
    draw(FACE[2], (nose, 14), skin * 0.8)
    draw((100, 150), (25, mouth), (60, 50, 170))
    angle, scale, shift = of_picture.uniform(-0.15, 0.15), of_picture.uniform(0.8, 1.1), of_picture.uniform(-12, 12, 2)
    turn = scale * np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    matrix = np.concatenate([turn, (100 - turn @ (100, 100) + shift)[:, None]], 1)
    scene = cv2.warpAffine(scene, matrix, (200, 200), borderMode=cv2.BORDER_REPLICATE)
    scene = np.clip(scene * of_picture.uniform(0.7, 1.2) + of_picture.normal(0, 3, scene.shape), 0, 255).astype(np.uint8)
    return scene, FACE @ turn.T + matrix[:, 2]


@functools.lru_cache(None)
def crops(people=40, each=5):
    """Returns the aligned crops of `people` drawn people, n x 112 x 112 x 3."""
    pictures = [drawn_face(person, k) for person in range(people) for k in range(each)]
    return np.stack([alignment.warp(p, l, alignment.TEMPLATE, alignment.SIDE, faces.MARGIN) for p, l in pictures])


def labels_of(made_crops):
    """Returns n x 384 of unit length that follow what a crop shows: random directions of its mean colours in 6 x 6 fields."""
    fields = np.stack([cv2.resize(c, (6, 6), interpolation=cv2.INTER_AREA) for c in made_crops]).reshape(len(made_crops), -1) / 255.0 - 0.5
    labels = np.tanh(fields @ np.random.default_rng(5).normal(0, 1, (fields.shape[1], 384)))
    return labels / np.linalg.norm(labels, axis=1, keepdims=True)


def write_set(folder, name, first, people, each=5):
    """Writes people `first` to `first + people` of 40 as a set that is cut, labelled and filtered."""
    rows = slice(first * each, (first + people) * each)
    base = os.path.join(folder, name)
    part = crops()[rows]
    part.tofile(base + '.crops')
    labels_of(part).astype(np.float16).tofile(base + '.labels')
    with open(base + '.tsv', 'w', encoding='utf-8') as file:
        file.writelines(f'{i}.jpg\tp{first + i // each}\t0.9\t100.0\n' for i in range(people * each))
    np.save(base + '.keep.npy', np.arange(people * each))


def write_work(folder):
    """Writes 200 faces of 40 people in two sets as a work folder; returns the folder of faces."""
    where = os.path.join(folder, 'faces')
    os.makedirs(where)
    write_set(where, 'one', 0, 25)
    write_set(where, 'two', 25, 15)
    return where
