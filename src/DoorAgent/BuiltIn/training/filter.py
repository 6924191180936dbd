"""Leaves out training pictures that resemble a picture which accuracy is measured with (LFW, the pictures of the tests).

Two pictures resemble each other if the teachers' joined encodings, of either or its mirror image, are nearer than `LIMIT`: the same
picture in another size or cut lies below, two pictures of one person seldom do. All faces of such a picture are dropped.
"""
import os

import cv2
import numpy as np

import alignment
import faces
from needs import need

LIMIT = 0.45


def measured_encodings(cutter, folder, progress=None):
    """Returns (2 n x 384) joined encodings of all faces under `folder` and of their mirror images."""
    listed, found = faces.list_pictures(folder), []
    for start in range(0, len(listed), faces.BATCH):
        read = [faces.read_picture(os.path.join(folder, name)) for name, _ in listed[start:start + faces.BATCH]]
        read = [p for p in read if p is not None]
        if not read:
            continue
        pairs = [(p, f[2]) for p, k in zip(read, cutter.find(read)) for f in k]
        if pairs:
            first = np.stack([alignment.warp(p, l, alignment.TEMPLATE_112, 112) for p, l in pairs])
            second = np.stack([alignment.warp(p, l, alignment.TEMPLATE_0095, 128) for p, l in pairs])
            found += [cutter.teachers.encode(first, second), cutter.teachers.encode(first[:, :, ::-1], second[:, :, ::-1])]
        if progress:
            progress(start, len(listed), sum(map(len, found)))
    need(found, f'{folder} holds no picture of a face: filter would compare with nothing.')
    return np.concatenate(found).astype(np.float16)


def kept_faces(labels, pictures, measured, limit=LIMIT):
    """Returns (indices of the kept faces, number of dropped pictures).

    `labels`: n x 384 of one set; `pictures`: n names; `measured`: m x 384."""
    import torch
    measured = torch.from_numpy(measured.astype(np.float32)).bfloat16()
    nearest = np.empty(len(labels), np.float32)
    for start in range(0, len(labels), 2048):
        part = torch.from_numpy(labels[start:start + 2048].astype(np.float32)).bfloat16()
        nearest[start:start + 2048] = (part @ measured.T).float().max(1)[0].numpy()
    resembling = np.sqrt(np.maximum(0, 2 - 2 * nearest)) < limit
    dropped = {p for p, r in zip(pictures, resembling) if r}
    return np.array([i for i, p in enumerate(pictures) if p not in dropped], np.int64), len(dropped)
