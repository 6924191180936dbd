"""Trains the encoder: the network learns the teachers' similarities, then people of whom there are several pictures.

Stage 1, distillation (Hinton et al. 2015; similarities as in Park et al., Relational Knowledge Distillation, 2019). The teachers'
joined encoding has 384 numbers, the student's 128. The target of a face is the joined encoding's projection to the 128 directions of
most energy over all training faces. loss = mean(1 - cos(student, target)) + weight x mean squared error of all similarities in the batch
against those of the joined encodings themselves.

Stage 2 adds the triplet loss of the exercise (FaceNet, Schroff et al. 2015), max(0, |a - p|^2 - |a - n|^2 + 0.2), with semi-hard
negatives chosen in the batch, on batches that hold several pictures of each person.
"""
import math
import os
import time

import numpy as np
import torch
import torch.nn.functional as F

from augmentation import Augmentation, plain
from batches import JoinedBatches, PeopleBatches, ShuffledBatches
from encoder_network import EncoderNetwork
from export import read_weights
from faces import CROP
from needs import need
from people import clean_people
from prefetch import numbered

DIMENSION = 128
MARGIN = 0.2


class TrainingFaces:
    """The faces of all sets: crops stay in their files, labels are in memory."""

    def __init__(self, folder, sets):
        """Reads SET.crops, SET.labels, SET.tsv and SET.keep.npy of each set in `folder`."""
        self.crops, labels, self.where, self.people = [], [], [], []
        for name in sets:
            base = os.path.join(folder, name)
            self.crops.append(np.memmap(base + '.crops', np.uint8, 'r').reshape(-1, CROP, CROP, 3))
            kept = np.load(base + '.keep.npy')
            labels.append(np.fromfile(base + '.labels', np.float16).reshape(-1, 384)[kept])
            self.where += [(len(self.crops) - 1, k) for k in kept]
            with open(base + '.tsv', encoding='utf-8') as file:
                persons = [line.split('\t', 2)[1] for line in file]
            self.people += [None if persons[k] == '-' else f'{name}/{persons[k]}' for k in kept]
        self.labels = torch.from_numpy(np.concatenate(labels).astype(np.float32))
        self.labels = F.normalize(self.labels)

    def __len__(self):
        return len(self.where)

    def read(self, indices):
        """Returns the crops of these faces, n x 112 x 112 x 3 bytes."""
        return np.stack([self.crops[s][k] for s, k in (self.where[i] for i in indices)])

    def projection(self):
        """Returns 384 x 128: the directions of most energy of all labels, and their share of the energy."""
        energy, directions = torch.linalg.eigh((self.labels.T @ self.labels) / len(self.labels))
        return directions[:, -DIMENSION:].flip(1).contiguous(), float(energy[-DIMENSION:].sum() / energy.sum())


def semi_hard_triplet_loss(encodings, persons, margin=MARGIN):
    """Returns (loss, share of pairs with a violated margin). `persons`: n numbers, equal for one person; faces with a number below 0 are
    left out, since nobody knows whose they are.

    For each pair of one person the negative is the nearest that is farther than the positive; without one, the farthest of all."""
    encodings, persons = encodings[persons >= 0], persons[persons >= 0]
    squared = torch.cdist(encodings, encodings).square()
    same = persons[:, None] == persons[None, :]
    anchors, positives = torch.nonzero(same & ~torch.eye(len(persons), dtype=torch.bool, device=same.device), as_tuple=True)
    if not len(anchors):
        return encodings.sum() * 0, 0.0
    to_positive = squared[anchors, positives]
    others = squared[anchors].masked_fill(same[anchors], math.inf)
    farther = others.masked_fill(others <= to_positive[:, None], math.inf).min(1)[0]
    farthest = squared[anchors].masked_fill(same[anchors], -1).max(1)[0]
    to_negative = torch.where(torch.isfinite(farther), farther, farthest)
    loss = F.relu(to_positive - to_negative + margin)
    return loss.mean(), float((loss > 0).float().mean())


def distillation_loss(encodings, targets, labels):
    """Returns (1 - mean cosine to the targets, mean squared error of the similarities)."""
    return 1 - (encodings * targets).sum(1).mean(), F.mse_loss(encodings @ encodings.T, labels @ labels.T)


def fit_last_layer(network, faces, projection, device, count=4096):
    """Sets the last layer to the least-squares map from the features to the targets, so that a network that was taught by another
    teacher starts near the new targets."""
    network.eval()
    indices = np.linspace(0, len(faces) - 1, min(count, len(faces))).astype(np.int64)
    features = []
    with torch.no_grad(), torch.autocast(device, dtype=torch.bfloat16):
        for start in range(0, len(indices), 128):
            features.append(network.features(to_input(plain(faces.read(indices[start:start + 128])), device)).double())
    x = F.pad(torch.cat(features), (0, 1), value=1.0)
    y = F.normalize(faces.labels[indices] @ projection).double().to(x.device)
    ridge = 1e-3 * x.square().mean() * len(x) * torch.eye(x.shape[1], dtype=x.dtype, device=x.device)
    solved = torch.linalg.solve(x.T @ x + ridge, x.T @ y).float()
    with torch.no_grad():
        network.d.weight.copy_(solved[:-1].T)
        network.d.bias.copy_(solved[-1])


def to_input(pixels, device):
    """n x 96 x 96 x 3 floats, an array or a tensor, to n x 3 x 96 x 96, channels last in memory."""
    return torch.as_tensor(pixels).to(device, non_blocking=True).permute(0, 3, 1, 2)


class EncoderTraining:
    """The state of a training: network, averaged network, optimiser, progress. Resumes from its checkpoint."""

    def __init__(self, checkpoint, settings, device='cpu'):
        torch.manual_seed(settings['seed'])
        self.settings, self.device, self.checkpoint = settings, device, checkpoint
        self.network = EncoderNetwork().to(device, memory_format=torch.channels_last)
        self.averaged = EncoderNetwork().to(device, memory_format=torch.channels_last).eval()
        for name in settings['frozen']:     # their gradient is a fifth of a step on a CPU, and edges stay edges
            getattr(self.network, name).requires_grad_(False)
        trained = [p for p in self.network.parameters() if p.requires_grad]
        self.trained = trained
        self.optimizer = torch.optim.AdamW(
            [{'params': [p for p in trained if p.ndim > 1], 'weight_decay': settings['weight_decay']},
             {'params': [p for p in trained if p.ndim <= 1], 'weight_decay': 0.0}], lr=settings['learning_rate'])
        self.step, self.progress, self.started = 0, 0.0, False
        if os.path.exists(checkpoint):
            self._load(torch.load(checkpoint, map_location=device))

    def _train_mode(self):
        self.network.train()
        for name in self.settings['frozen']:
            getattr(self.network, name).eval()

    def start_from(self, weights, faces, projection):
        """Starts from the weights of another training (the path of a checkpoint or of an exported encoder) or, with None, from chance."""
        if weights:
            self.network.load_state_dict(read_weights(weights))
            if projection is not None:
                fit_last_layer(self.network, faces, projection, self.device)
        self.averaged.load_state_dict(self.network.state_dict())
        self.started = True

    def _load(self, state):
        need('optimizer' in state, f'{self.checkpoint} holds the averaged weights alone, with which no training goes on: move it away '
             'and name it as start in settings.toml.')
        self.network.load_state_dict(state['network'])
        self.averaged.load_state_dict(state['averaged'])
        self.optimizer.load_state_dict(state['optimizer'])
        self.step, self.progress, self.started = state['step'], state['progress'], True

    def save(self):
        """Writes the checkpoint, 60 MB, and beside it the averaged weights alone (NAME-weights.pt, 15 MB), which are the result."""
        result = {'averaged': self.averaged.state_dict(), 'step': self.step, 'progress': self.progress}
        whole = {'network': self.network.state_dict(), 'optimizer': self.optimizer.state_dict(), **result}
        for state, path in ((result, os.path.splitext(self.checkpoint)[0] + '-weights.pt'), (whole, self.checkpoint)):
            torch.save(state, path + '.part')
            os.replace(path + '.part', path)

    def train(self, faces, projection, schedule, watch, log, triplets=False):
        """Trains until `schedule(step)` returns 1. `schedule` gives the progress from 0 to 1, `watch(network)` a line about accuracy."""
        s = self.settings
        labels, targets = faces.labels.to(self.device), F.normalize(faces.labels @ projection).to(self.device)
        batches, persons = ShuffledBatches(len(faces), s['batch'], s['seed']), None
        if triplets:
            numbers, count, left_out = clean_people(faces.labels, faces.people)
            log(f'triplets of {count} people; {left_out} faces unlike their person, or alone, are left out')
            persons = torch.from_numpy(numbers)
            # Half of a batch are any faces, so that the network keeps what it learned of all of them.
            half = s['batch'] // 2
            batches = JoinedBatches(PeopleBatches(numbers, half, s['pictures_a_person'], s['seed']),
                                    ShuffledBatches(len(faces), half, s['seed']))
        augmentation = Augmentation(s['seed'])

        def made(k):
            indices = batches[k]
            return torch.from_numpy(indices), torch.from_numpy(augmentation.batch(faces.read(indices), number=k))
        feed = numbered(made, self.step, s.get('feeders', 0), self.device != 'cpu')
        network, averages, violations = self.network, [], []
        current = [v for v in network.state_dict().values() if v.is_floating_point()]
        average = [v for v in self.averaged.state_dict().values() if v.is_floating_point()]
        began, saved, watched, first = time.monotonic(), time.monotonic(), time.monotonic(), self.step
        self._train_mode()
        while self.progress < 1:
            self.progress = min(1.0, schedule(self.step))
            rate = s['learning_rate'] * min(1, (self.step + 1) / s['warm_up']) * (0.005 + 0.995 * 0.5 * (1 + math.cos(math.pi * self.progress)))
            for group in self.optimizer.param_groups:
                group['lr'] = rate
            indices, pixels = next(feed)
            with torch.autocast(self.device, dtype=torch.bfloat16):
                encodings = network(to_input(pixels, self.device))
            cosine, relation = distillation_loss(encodings, targets[indices], labels[indices])
            loss, violated = cosine + s['similarity_weight'] * relation, 0.0
            if triplets:
                triplet, violated = semi_hard_triplet_loss(encodings, persons[indices].to(self.device))
                loss = loss + s['triplet_weight'] * triplet
            self.optimizer.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(self.trained, 5.0)
            self.optimizer.step()
            self.step += 1
            kept = min(s['averaging'], self.step / (self.step + 20))
            torch._foreach_mul_(average, kept)
            torch._foreach_add_(average, current, alpha=1 - kept)
            averages.append(torch.stack((cosine, relation)).detach())   # read seldom: reading waits for a GPU
            violations.append(violated)
            if self.step % 100 == 0:
                speed = (self.step - first) * s['batch'] / (time.monotonic() - began)
                means, share = torch.stack(averages).mean(0).tolist(), np.mean(violations)
                averages, violations = [], []
                log(f'step {self.step}, {100 * self.progress:.1f} %, rate {rate:.5f}, 1 - cosine {means[0]:.4f}, '
                    f'similarities {means[1]:.5f}, violated {share:.3f}, {speed:.0f} faces/s')
            if time.monotonic() - saved > 60 or self.progress >= 1:
                self.save()
                saved = time.monotonic()
            if time.monotonic() - watched > s['watch_every'] or self.progress >= 1:
                log(f'== step {self.step}: {watch(network)}; averaged {watch(self.averaged)}')
                self._train_mode()
                watched = time.monotonic()


@torch.no_grad()
def encode(network, crops, device):
    """Returns n x 128 encodings of n crops with margin, unchanged by augmentation."""
    network.eval()
    parts = []
    for start in range(0, len(crops), 128):
        with torch.autocast(device, dtype=torch.bfloat16):
            parts.append(network(to_input(plain(crops[start:start + 128]), device)).float().cpu().numpy())
    return np.concatenate(parts)
