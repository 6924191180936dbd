#!/usr/bin/env python3
"""The recipe of the built-in networks: one command a step. README.md tells the whole way.

    recipe.py STEP --work DIR --models DIR [--view1 LFW] [--device cpu|cuda] ...
"""
import argparse
import glob
import os
import time
import tomllib

from needs import TEACHERS, clock, need, need_files, need_folder, need_teachers

HERE = os.path.dirname(os.path.abspath(__file__))
BUILT_IN = os.path.join(os.path.dirname(HERE), 'models')


def read_settings(path=os.path.join(HERE, 'settings.toml')):
    with open(path, 'rb') as file:
        return tomllib.load(file)


def read_sources(path=os.path.join(HERE, 'sources.tsv')):
    """Returns the listed sets: dictionaries with the columns of the file as keys."""
    with open(path, encoding='utf-8') as file:
        lines = [line.rstrip('\n').split('\t') for line in file if line.strip() and not line.startswith('#')]
    return [dict(zip(lines[0], line)) for line in lines[1:]]


def log_to(path):
    """Returns a function that writes a line, with the time, to the screen and to the file."""
    def log(line):
        line = time.strftime('%H:%M:%S ', time.gmtime()) + line
        print(line, flush=True)
        with open(path, 'a', encoding='utf-8') as file:
            file.write(line + '\n')
    return log


class Progress:
    """A line on the screen that tells how far a step is, at most once a second."""

    def __init__(self, name):
        self.name, self.began, self.last = name, time.monotonic(), 0.0

    def __call__(self, done, of, faces):
        now = time.monotonic()
        if now - self.last < 1 and done < of:
            return
        self.last = now
        end = '\n' if done >= of else ''
        print(f'\r{self.name}: {done} of {of} pictures, {faces} faces, {faces / (now - self.began + 1e-9):.0f} a second ',
              end=end, flush=True)


def clock_schedule(progress, minutes, until, steps=None):
    """Returns a schedule that reaches 1 with step number `steps`, which repeats exactly; without that, after `minutes` or at `until`
    (HH:MM, UTC)."""
    if steps:
        return lambda step: (step + 1) / steps
    began = time.time()
    if until:
        hours, rest = map(int, until.split(':'))
        ends = began // 86400 * 86400 + hours * 3600 + rest * 60
        ends += 86400 if ends <= began else 0
    else:
        ends = began + 60 * minutes * (1 - progress)
    return lambda step: progress + (1 - progress) * (time.time() - began) / max(1e-3, ends - began)


def sets_of(work):
    """Returns the names of the sets that are cut, labelled and filtered; there must be one."""
    names = _named(work, '.keep.npy')
    need(names or not _named(work, '.tsv'), f'No set in {work}/faces is filtered: run recipe.py filter first.')
    need(names, f'{work}/faces holds no faces: run recipe.py faces and recipe.py filter first.')
    return names


def _named(work, ending):
    return sorted(os.path.basename(path)[:-len(ending)] for path in glob.glob(os.path.join(glob.escape(work), 'faces', '*' + ending)))


def _sets_with_pictures(a, uses=None):
    """Yields (row of sources.tsv, folder of its pictures) of the chosen sets of these uses; says which have not been fetched."""
    pictures, rows = os.path.join(a.work, 'pictures'), read_sources()
    need_folder(pictures, 'run recipe.py fetch first.')
    unknown = sorted(set(a.only or ()) - {row['set'] for row in rows})
    need(not unknown, f'sources.tsv lists no set {", ".join(unknown)}.')
    for row in rows:
        if (uses and row['use'] not in uses) or (a.only and row['set'] not in a.only):
            continue
        folder = os.path.join(pictures, row['set'])
        if os.path.isdir(folder):
            yield row, folder
        else:
            print(f'{row["set"]}: no pictures in {folder}; run recipe.py fetch.')


def step_fetch(a, settings):
    import fetch
    fetch.fetch_all(read_sources(), os.path.join(a.work, 'pictures'), a.mirror, a.only)


def step_faces(a, settings):
    need_teachers(a.step, a.models)
    sets = list(_sets_with_pictures(a, ('faces', 'people')))
    import cv2
    import faces
    import torch
    torch.set_num_threads(a.threads)
    cv2.setNumThreads(1)
    cutter = faces.FaceCutter(a.models, a.device, **settings['faces'])
    os.makedirs(os.path.join(a.work, 'faces'), exist_ok=True)
    for row, folder in sets:
        out = os.path.join(a.work, 'faces', row['set'])
        if not os.path.exists(out + '.tsv'):
            faces.cut_set(cutter, folder, out, row['use'] == 'people', Progress(row['set']))


def step_detector_faces(a, settings):
    need_teachers(a.step, a.models, TEACHERS[:1])
    sets = list(_sets_with_pictures(a))
    import cv2
    import detector_labels
    import detector_settings
    import torch
    import yunet
    torch.set_num_threads(a.threads)
    cv2.setNumThreads(1)
    teacher, detector = yunet.YuNet(os.path.join(a.models, TEACHERS[0]), a.device), detector_settings.load_settings()
    for row, folder in sets:
        out = os.path.join(a.work, 'detector', row['set'] + '.npz')
        if not os.path.exists(out):
            print(detector_labels.write_set(teacher, folder, row['use'], out, detector), flush=True)


def step_filter(a, settings):
    need(a.measured, 'The step filter needs --measured DIR..., the folders whose pictures must not be trained on, LFW among them.')
    for where in a.measured:
        need_folder(where, '--measured names folders whose pictures must not be trained on.')
    names = _named(a.work, '.tsv')
    need(names, f'{a.work}/faces holds no faces: run recipe.py faces first.')
    need_teachers(a.step, a.models)
    import faces
    import filter as resembling
    import numpy as np
    import torch
    torch.set_num_threads(a.threads)
    folder = os.path.join(a.work, 'faces')
    measured = []
    for where in a.measured:
        kept = os.path.join(a.work, 'measured-' + os.path.abspath(where).strip('/').replace('/', '-') + '.npy')
        if not os.path.exists(kept):
            cutter = faces.FaceCutter(a.models, a.device, min_score=0.5, min_width=20, most=6)
            np.save(kept, resembling.measured_encodings(cutter, where, Progress(where)))
        measured.append(np.load(kept))
    measured = np.concatenate(measured)
    for name in names:
        base = os.path.join(folder, name)
        if os.path.exists(base + '.keep.npy') and not a.again:
            continue
        with open(base + '.tsv', encoding='utf-8') as file:
            pictures = [line.split('\t', 1)[0] for line in file]
        labels = np.fromfile(base + '.labels', np.float16).reshape(-1, 384)
        kept, dropped = resembling.kept_faces(labels, pictures, measured, settings['filter']['limit'])
        np.save(base + '.keep.npy', kept)
        print(f'{name}: {len(kept)} of {len(labels)} faces kept; {dropped} pictures resemble measured ones')


def _watch_view1(a, folder):
    """Returns the function `watch`, which names the accuracy of a network on View 1."""
    import encoder
    import view1
    import yunet
    if folder is None:
        return lambda network: 'View 1 is not here'
    crops, names = view1.cut(yunet.YuNet(os.path.join(a.models, 'yunet_n_dynamic.onnx'), a.device), folder)
    pairs, index = view1.read_pairs(folder), {n: i for i, n in enumerate(names)}

    def watch(network):
        best, strict = view1.accuracy(encoder.encode(network, crops, a.device), pairs, index)
        return f'View 1 {100 * best:.2f} %, {100 * strict:.1f} % without a false match'
    return watch


def _start_weights(a, name):
    """Returns the path of the weights to start from, or None: those that came in a pack, or the file `name` in the work folder, beside the
    teachers or among the built-in networks."""
    if not name:
        return None
    paths = [os.path.join(a.work, 'start.pt')] + [os.path.join(d, name) for d in (a.work, a.models, BUILT_IN) if d]
    found = next((p for p in paths if os.path.exists(p)), None)
    need(found, f'The weights to start from are in none of these places: {", ".join(paths)}; '
         'start = "" in settings.toml starts from chance.')
    return found


def _train_encoder(a, settings, triplets):
    names, start = sets_of(a.work), None
    if not os.path.exists(os.path.join(a.work, 'triplets.pt' if triplets else 'encoder.pt')):
        start = os.path.join(a.work, 'encoder.pt') if triplets else _start_weights(a, settings['start'])
        need(not triplets or os.path.exists(start), f'There is no {start}: run recipe.py encoder first.')
    if a.view1:
        need_files([os.path.join(a.view1, 'pairsDevTest.txt')], '--view1 names the folder of LFW with this file in it.')
        need_teachers(a.step, a.models, TEACHERS[:1])
    import cv2
    import encoder
    import torch
    torch.set_num_threads(a.threads)
    cv2.setNumThreads(1)
    log = log_to(os.path.join(a.work, 'encoder.log'))
    faces = encoder.TrainingFaces(os.path.join(a.work, 'faces'), names)
    need(not triplets or any(faces.people), 'No set of people is cut: the step triplets needs one (use = people in sources.tsv).')
    projection, energy = faces.projection()
    path = os.path.join(a.work, 'projection.npy')
    import numpy as np
    if os.path.exists(path):
        projection = torch.from_numpy(np.load(path))    # a resumed training keeps its targets
    else:
        np.save(path, projection.numpy())
    training = encoder.EncoderTraining(os.path.join(a.work, 'triplets.pt' if triplets else 'encoder.pt'), settings, a.device)
    if not training.started:
        training.start_from(start, faces, None if triplets else projection)
    log(f'{len(faces)} faces, {len({p for p in faces.people if p})} people, targets hold {100 * energy:.1f} % of the energy; '
        f'at step {training.step}, {100 * training.progress:.1f} %')
    schedule = clock_schedule(training.progress, a.minutes or settings['minutes'], a.until, a.steps)
    training.train(faces, projection, schedule, _watch_view1(a, a.view1), log, triplets)


def _on(device, settings, step):
    """Returns the settings of a step; on a GPU those of [cuda.STEP] take the place of the others."""
    return {**settings[step], **(settings['cuda'].get(step, {}) if device == 'cuda' else {})}


def step_encoder(a, settings):
    _train_encoder(a, _on(a.device, settings, 'encoder'), False)


def step_triplets(a, settings):
    _train_encoder(a, _on(a.device, settings, 'triplets'), True)


def step_pack(a, settings):
    import encoder
    import pack
    names, packs = sets_of(a.work), os.path.join(a.work, 'packs')
    faces = encoder.TrainingFaces(os.path.join(a.work, 'faces'), names)
    start = _start_weights(a, settings['encoder']['start'])
    for path, count in pack.pack_faces(faces, names, packs, settings['pack'], start, Progress('pack')):
        print(f'\n{path}: {count} of {len(faces)} faces, {os.path.getsize(path) / 2 ** 20:.1f} MiB', end='')
    print()
    detector = glob.glob(os.path.join(a.work, 'detector', '*.npz'))
    if detector:
        path, count = pack.pack_detector(detector, packs, settings['pack'])
        print(f'{path}: {count} pictures, {os.path.getsize(path) / 2 ** 20:.1f} MiB')


def step_unpack(a, settings):
    import pack
    packs = sorted(glob.glob(os.path.join(a.work, 'packs', 'pack-*.zip')))
    need(packs, f'There are no packs in {os.path.join(a.work, "packs")}: recipe.py pack writes them.')
    faces, sets = pack.unpack(packs, a.work)
    print(f'{len(packs)} packs: {faces} faces, {sets} sets of the detector')


def step_export(a, settings):
    import export
    checkpoints = [path for path in (os.path.join(a.work, n) for n in ('encoder.pt', 'triplets.pt')) if os.path.exists(path)]
    need(checkpoints, f'{a.work} holds neither triplets.pt nor encoder.pt: train the encoder first (recipe.py encoder).')
    os.makedirs(os.path.join(a.work, 'out'), exist_ok=True)
    print(export.report(export.load_averaged(*checkpoints), os.path.join(a.work, 'out', 'door-encoder.onnx')))


STEPS = {name[5:].replace('_', '-'): function for name, function in list(globals().items()) if name.startswith('step_')}


def main(arguments=None):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('step', choices=sorted(STEPS), help='what to do')
    parser.add_argument('--work', required=True, help='folder for pictures, faces and checkpoints (about 30 GB)')
    parser.add_argument('--models', help='folder of the teachers: yunet_n_dynamic.onnx, mobilefacenet-foamliu.onnx, '
                        'face-reidentification-retail-0095.onnx')
    parser.add_argument('--mirror', help='fetch: folder of git repositories that are already here, as OWNER+NAME')
    parser.add_argument('--only', nargs='*', help='fetch, faces, detector-faces: only these sets')
    parser.add_argument('--measured', nargs='*', default=[], help='filter: folders whose pictures must not be trained on')
    parser.add_argument('--again', action='store_true', help='filter: filter sets that were filtered before')
    parser.add_argument('--view1', help='encoder, triplets: folder of LFW with pairsDevTest.txt, for watching')
    parser.add_argument('--minutes', type=float, help='encoder, triplets: minutes, instead of those of settings.toml')
    parser.add_argument('--steps', type=int, help='encoder, triplets: ends with this step, whatever the time')
    parser.add_argument('--until', type=clock, help='encoder, triplets: HH:MM (UTC) at which the training ends')
    parser.add_argument('--threads', type=int, default=os.cpu_count(), help='threads of the networks on a CPU')
    parser.add_argument('--device', default='cpu', choices=('cpu', 'cuda'))
    a = parser.parse_args(arguments)
    STEPS[a.step](a, read_settings())


if __name__ == '__main__':
    main()
