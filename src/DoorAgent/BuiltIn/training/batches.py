"""Which faces a batch holds. Batch k follows from the seed and k alone: a resumed training goes on with the batches that it would have
had, and any number of processes may make them."""
import functools

import numpy as np


class ShuffledBatches:
    """Batches of `size` of `count` faces, as arrays of indices: each face once before any comes again."""

    def __init__(self, count, size, seed):
        self.count, self.size, self.seed = count, size, seed

    @functools.lru_cache(2)
    def _order(self, round_):
        return np.random.default_rng([self.seed, round_]).permutation(self.count)

    def __getitem__(self, k):
        places = np.arange(k * self.size, (k + 1) * self.size)
        return np.array([self._order(p // self.count)[p % self.count] for p in places.tolist()])


class PeopleBatches:
    """Batches of at most `size` faces: up to `each` pictures of a person, of as many people as fit."""

    def __init__(self, persons, size, each, seed):
        """`persons`: the person of each face as a number; faces with one below 0, and people with one face, are left out."""
        persons = np.asarray(persons)
        groups = [np.flatnonzero(persons == p) for p in np.unique(persons[persons >= 0])]
        self.groups = [g for g in groups if len(g) >= 2]
        self.size, self.each, self.seed = size, each, seed

    def __getitem__(self, k):
        random = np.random.default_rng([self.seed, k])
        chosen = random.choice(len(self.groups), min(len(self.groups), -(-self.size // self.each)), replace=False)
        return np.concatenate([random.permutation(self.groups[g])[:self.each] for g in chosen])[:self.size]


class JoinedBatches:
    """Batches that hold those of two kinds, one after the other."""

    def __init__(self, first, second):
        self.first, self.second = first, second

    def __getitem__(self, k):
        return np.concatenate([self.first[k], self.second[k]])
