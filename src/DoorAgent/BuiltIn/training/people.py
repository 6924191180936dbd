"""Cleans the names of people for the triplets: sets from the web hold wrong names, and one person stands in several sets.

The teachers judge: the mean of a person's joined encodings is the person's centre.
"""
import numpy as np

SAME_PERSON = 0.70      # cosine of two centres above which both are one person
BELONGS = 0.30          # least cosine of a face to its person's centre


def clean_people(labels, people, same=SAME_PERSON, belongs=BELONGS):
    """Returns (numbers, count of people, count of left-out faces): for each face the number of its person, or -1 for a face without a
    person, one that is unlike its person, and one of a person of whom no other face is left.

    `labels`: n x 384 of unit length; `people`: n names or None."""
    labels = np.asarray(labels, np.float32)
    names = sorted({p for p in people if p is not None})
    index = {p: i for i, p in enumerate(names)}
    numbers = np.array([index.get(p, -1) for p in people])
    named = numbers >= 0
    if not names:
        return numbers, 0, 0
    for _ in range(2):      # the second time without the faces that were unlike
        centres = _centres(labels, numbers, len(names))
        fits = (labels * centres[numbers]).sum(1) >= belongs
        numbers = np.where(fits, numbers, -1)
    numbers = _joined(_centres(labels, numbers, len(names)), same)[numbers] * (numbers >= 0) - (numbers < 0)
    counts = np.bincount(numbers[numbers >= 0], minlength=len(names))
    numbers = np.where((numbers >= 0) & (counts[numbers] >= 2), numbers, -1)
    return numbers, int((counts >= 2).sum()), int((named & (numbers < 0)).sum())


def _centres(labels, numbers, count):
    sums = np.zeros((count, labels.shape[1]), np.float32)
    np.add.at(sums, numbers[numbers >= 0], labels[numbers >= 0])
    return sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-6)


def _joined(centres, same):
    """Returns for each person the lowest number among those that are the same person."""
    first = np.arange(len(centres))

    def root(i):
        while first[i] != i:
            i = first[i]
        return i
    for i, j in np.argwhere(np.triu(centres @ centres.T > same, 1)):
        a, b = sorted((root(i), root(j)))
        first[b] = a
    return np.array([root(i) for i in range(len(centres))])
