"""Packs training data for the road to a machine with an accelerator, and unpacks it there.

A pack is a zip file of at most so many bytes (settings.toml, table `pack`), since what carries files to a lent machine has a limit a
call. Each pack holds other faces, so that a training may begin with those that have arrived. Members:

    faces/00000.jpg ...     sheets of 8 x 8 aligned crops of 112 x 112: one picture's header for 64 of them
    faces/labels            n x 384 int8: the teachers' joined encodings, scaled to the range
    faces/faces.tsv         a line a face: set, person (or -)
    start.pt                first pack only: weights to start from, float16
    detector/SET.npz        a set of the detector (detector_labels.py), or an even choice of its pictures
"""
import io
import os
import zipfile
from multiprocessing.pool import ThreadPool

import cv2
import numpy as np

from faces import CROP

COLUMNS = 8
SHEET = COLUMNS * COLUMNS
DIMENSION = 384
AROUND = 256 << 10      # bytes of a pack for names and the directory


def to_sheet(crops):
    """Returns one picture, 896 x 896 x 3, of at most 64 crops; places without one are black."""
    full = np.zeros((SHEET, CROP, CROP, 3), np.uint8)
    full[:len(crops)] = crops
    return full.reshape(COLUMNS, COLUMNS, CROP, CROP, 3).swapaxes(1, 2).reshape(COLUMNS * CROP, COLUMNS * CROP, 3)


def from_sheet(sheet, count=SHEET):
    """Returns the first `count` crops of a sheet, count x 112 x 112 x 3."""
    return sheet.reshape(COLUMNS, CROP, COLUMNS, CROP, 3).swapaxes(1, 2).reshape(SHEET, CROP, CROP, 3)[:count]


def order_of(people, seed):
    """Returns the indices of all faces in the order in which they are packed: by chance, a person's faces together."""
    groups = {}
    for i, person in enumerate(people):
        groups.setdefault(person if person is not None else i, []).append(i)
    groups = list(groups.values())
    return np.concatenate([groups[g] for g in np.random.default_rng(seed).permutation(len(groups))])


def quantised(labels):
    """Returns n x 384 int8 of labels of unit length. The length is lost; the angle to the label stays below half a degree."""
    labels = np.asarray(labels, np.float32)
    return np.round(labels * (127 / np.maximum(np.abs(labels).max(1, keepdims=True), 1e-6))).astype(np.int8)


def pack_faces(faces, names, out, settings, start=None, progress=None):
    """Writes pack-1.zip and so on to the folder `out` until all faces are packed or `settings['files']` are full; returns [(path, number
    of faces)].

    `faces`: an encoder.TrainingFaces; `names`: its sets in order; `start`: a file of weights for the first pack. The same faces and
    settings give the same bytes."""
    os.makedirs(out, exist_ok=True)
    order, at, written = order_of(faces.people, settings['seed']), 0, []
    while at < len(order) and len(written) < settings['files']:
        path = os.path.join(out, f'pack-{len(written) + 1}.zip')
        with zipfile.ZipFile(path + '.part', 'w') as file:
            if start and not written:
                _write(file, 'start.pt', _halved(start))
            first = at
            rows, labels = [], []
            while at < len(order):
                indices = order[at:at + SHEET]
                jpeg = cv2.imencode('.jpg', to_sheet(faces.read(indices)), [cv2.IMWRITE_JPEG_QUALITY, settings['quality'],
                                                                           cv2.IMWRITE_JPEG_OPTIMIZE, 1])[1]
                lines = [_row(faces, names, i) for i in indices]
                carried = file.fp.tell() + sum(map(len, rows)) + (at - first + len(indices)) * DIMENSION
                if carried + len(jpeg) + sum(map(len, lines)) + AROUND > settings['mebibytes'] << 20:
                    break
                _write(file, f'faces/{(at - first) // SHEET:05d}.jpg', jpeg.tobytes())
                rows += lines
                labels.append(quantised(faces.labels[indices].numpy()))
                at += len(indices)
                if progress:
                    progress(at, len(order), at)
            if not rows:
                raise ValueError(f'A pack of {settings["mebibytes"]} MiB has no room for 64 faces.')
            _write(file, 'faces/labels', np.concatenate(labels).tobytes())
            _write(file, 'faces/faces.tsv', ''.join(rows).encode())
        os.replace(path + '.part', path)
        written.append((path, at - first))
    return written


def _row(faces, names, i):
    name = names[faces.where[i][0]]
    person = faces.people[i]
    return f'{name}\t{person[len(name) + 1:] if person else "-"}\n'


def _write(file, name, content):
    # The time of a member would make two packs of the same faces differ.
    file.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content)


def _halved(path):
    import torch
    from export import read_weights
    buffer = io.BytesIO()
    torch.save({k: v.half() if v.is_floating_point() else v for k, v in read_weights(path).items()}, buffer)
    return buffer.getvalue()


def pack_detector(sets, out, settings):
    """Writes pack-detector.zip of the detector's sets (paths of .npz files); returns (path, number of pictures).

    Where they are too large together, each gives the same share of its pictures."""
    os.makedirs(out, exist_ok=True)
    path = os.path.join(out, 'pack-detector.zip')
    share = min(1.0, ((settings['mebibytes'] << 20) - AROUND) / sum(os.path.getsize(s) for s in sets))
    while True:
        with zipfile.ZipFile(path + '.part', 'w') as file:
            count = 0
            for name in sorted(sets):
                with np.load(name) as arrays:
                    chosen = _chosen(arrays, share)
                buffer = io.BytesIO()
                np.savez(buffer, **chosen)
                _write(file, 'detector/' + os.path.basename(name), buffer.getvalue())
                count += len(chosen['held'])
        if os.path.getsize(path + '.part') <= settings['mebibytes'] << 20:
            os.replace(path + '.part', path)
            return path, count
        share *= 0.97


def _chosen(arrays, share):
    """Returns the arrays of detector_labels.py for an even choice of a set's pictures."""
    count = len(arrays['held'])
    kept = np.unique(np.linspace(0, count - 1, round(count * share)).astype(int)) if share < 1 else np.arange(count)
    jpeg, start, first, faces = (arrays[k] for k in ('jpeg', 'start', 'first', 'faces'))
    pictures, rows = [jpeg[start[i]:start[i + 1]] for i in kept], [faces[first[i]:first[i + 1]] for i in kept]
    return {'jpeg': np.concatenate([*pictures, jpeg[:0]]), 'start': np.cumsum([0] + [len(p) for p in pictures]),
            'first': np.cumsum([0] + [len(r) for r in rows]), 'faces': np.concatenate([*rows, faces[:0]]),
            'width': arrays['width'][kept], 'held': arrays['held'][kept], 'kind': arrays['kind']}


def unpack(packs, work):
    """Unpacks all packs into a work folder as the steps before the training would have left it; returns (faces, detector's sets).

    Writes faces/SET.crops, .labels, .tsv and .keep.npy, start.pt, and detector/SET.npz; what was there of these is replaced."""
    for folder in ('faces', 'detector'):
        os.makedirs(os.path.join(work, folder), exist_ok=True)
    sets, count, detector = {}, 0, 0
    for path in packs:
        with zipfile.ZipFile(path) as file:
            names = file.namelist()
            if 'start.pt' in names:
                _replace(os.path.join(work, 'start.pt'), file.read('start.pt'))
            for name in (n for n in names if n.startswith('detector/')):
                _replace(os.path.join(work, 'detector', os.path.basename(name)), file.read(name))
                detector += 1
            if 'faces/faces.tsv' in names:
                count += _unpack_faces(file, os.path.join(work, 'faces'), sets)
    for name, (files, n) in sets.items():
        for kind, part in files.items():
            part.close()
            os.replace(part.name, os.path.join(work, 'faces', f'{name}.{kind}'))
        np.save(os.path.join(work, 'faces', name + '.keep.npy'), np.arange(n))
    return count, detector


def _replace(path, content):
    with open(path + '.part', 'wb') as file:
        file.write(content)
    os.replace(path + '.part', path)


def _unpack_faces(file, folder, sets):
    """Adds a pack's faces to the open files of their sets: {set: [{kind: file}, number of faces]}."""
    rows = [line.split('\t') for line in file.read('faces/faces.tsv').decode().splitlines()]
    labels = np.frombuffer(file.read('faces/labels'), np.int8).reshape(len(rows), DIMENSION).astype(np.float32)
    labels = (labels / np.maximum(np.linalg.norm(labels, axis=1, keepdims=True), 1e-6)).astype(np.float16)
    sheets = ((k, file.read(f'faces/{k:05d}.jpg')) for k in range(-(-len(rows) // SHEET)))
    with ThreadPool(min(8, os.cpu_count() or 1)) as pool:
        for k, crops in pool.imap(_decoded, sheets):
            for i, crop in enumerate(crops[:len(rows) - k * SHEET], k * SHEET):
                name, person = rows[i]
                if name not in sets:
                    sets[name] = [{kind: open(os.path.join(folder, f'{name}.{kind}.part'), 'wb') for kind in ('crops', 'labels', 'tsv')}, 0]
                files, n = sets[name]
                files['crops'].write(crop.tobytes())
                files['labels'].write(labels[i].tobytes())
                files['tsv'].write(f'{n}\t{person}\t\n'.encode())
                sets[name][1] += 1
    return len(rows)


def _decoded(sheet):
    k, jpeg = sheet
    return k, from_sheet(cv2.imdecode(np.frombuffer(jpeg, np.uint8), cv2.IMREAD_COLOR))
