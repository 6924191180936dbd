import itertools
import json
import os
import tempfile
import unittest

import numpy as np
import torch

import batches
import encoder
import made
import prefetch
import recipe

SETTINGS = {'seed': 6, 'batch': 24, 'learning_rate': 2e-3, 'warm_up': 4, 'weight_decay': 0.02, 'averaging': 0.9, 'watch_every': 1e9,
            'similarity_weight': 2, 'frozen': [], 'pictures_a_person': 4, 'triplet_weight': 0.5}


class BatchTests(unittest.TestCase):
    def test_each_face_comes_once_before_any_comes_again(self):
        made_batches = batches.ShuffledBatches(10, 4, 1)
        faces = np.concatenate([made_batches[k] for k in range(5)])
        self.assertEqual(list(range(10)), sorted(faces[:10]))
        self.assertEqual(list(range(10)), sorted(faces[10:]))
        self.assertNotEqual(faces[:10].tolist(), faces[10:].tolist())

    def test_a_batch_follows_from_seed_and_number(self):
        for one, two in ((batches.ShuffledBatches(50, 8, 1), batches.ShuffledBatches(50, 8, 1)),
                         (batches.PeopleBatches(np.arange(50) // 5, 8, 4, 1), batches.PeopleBatches(np.arange(50) // 5, 8, 4, 1))):
            two[3]
            np.testing.assert_array_equal(one[9], two[9])
            self.assertNotEqual(one[9].tolist(), one[10].tolist())

    def test_people_come_with_several_pictures(self):
        persons = np.array([0, 0, 0, 1, 1, 2, -1, -1, 3, 3, 3, 3, 3])
        for batch in (batches.PeopleBatches(persons, 8, 4, 2)[k] for k in range(20)):
            self.assertLessEqual(len(batch), 8)
            self.assertEqual(len(batch), len(set(batch.tolist())))
            self.assertTrue(set(persons[batch]) <= {0, 1, 3})
            self.assertTrue(all(2 <= (persons[batch] == p).sum() <= 4 for p in set(persons[batch])))

    def test_threads_and_processes_make_the_same_in_order(self):
        threads = prefetch.numbered(square, 3)
        processes = prefetch.numbered(square, 3, processes=2)
        for k in range(3, 12):
            self.assertEqual([k * k] * 2, [int(next(threads)), int(next(processes))])

    def test_an_error_of_the_maker_arrives(self):
        with self.assertRaisesRegex(ValueError, 'broken'):
            next(prefetch.Prefetch((_ for _ in ()).throw(ValueError('broken')), 2))


def square(k):
    return torch.tensor(k * k)


class LossTests(unittest.TestCase):
    def test_semi_hard_triplets_equal_a_plain_loop(self):
        random = np.random.default_rng(11)
        persons = np.array([0, 0, 0, 1, 1, 2, 2, 2, 3, 4])
        for spread in (0.05, 0.6):
            points = random.normal(0, spread, (10, 16)) + random.normal(0, 0.3, (5, 16))[persons]
            points /= np.linalg.norm(points, axis=1, keepdims=True)
            distance = ((points[:, None] - points[None]) ** 2).sum(2)
            losses = []
            for a, p in itertools.permutations(range(10), 2):
                if persons[a] == persons[p]:
                    others = [distance[a, n] for n in range(10) if persons[n] != persons[a]]
                    farther = [d for d in others if d > distance[a, p]]
                    losses.append(max(0.0, distance[a, p] - (min(farther) if farther else max(others)) + 0.2))
            loss, violated = encoder.semi_hard_triplet_loss(torch.from_numpy(points), torch.from_numpy(persons))
            self.assertAlmostEqual(np.mean(losses), float(loss), places=5)
            self.assertAlmostEqual(np.mean(np.array(losses) > 0), violated, places=5)

    def test_it_is_the_loss_of_the_exercise(self):
        with open(made.shared('vectors', 'triplet-loss.json'), encoding='utf-8') as file:
            vectors = json.load(file)
        # One triplet at a time there is one negative, so nothing is chosen; the pair counts from both of its ends here.
        total = 0.0
        for a, p, n in zip(*(torch.tensor(vectors[k], dtype=torch.float64) for k in ('anchor', 'positive', 'negative'))):
            there, _ = encoder.semi_hard_triplet_loss(torch.stack([a, p, n]), torch.tensor([0, 0, 1]), vectors['alpha'])
            back = max(0.0, float((p - a).square().sum() - (p - n).square().sum()) + vectors['alpha'])
            total += 2 * float(there) - back
        self.assertAlmostEqual(vectors['expected_loss'], total, delta=vectors['tolerance'] * 2)

    def test_a_batch_without_pairs_has_no_triplets(self):
        self.assertEqual(0.0, float(encoder.semi_hard_triplet_loss(torch.rand(3, 4), torch.tensor([0, 1, 2]))[0]))

    def test_distillation_is_zero_for_the_targets_themselves(self):
        encodings = torch.nn.functional.normalize(torch.rand(5, 8) - 0.5)
        cosine, relation = encoder.distillation_loss(encodings, encodings, encodings)
        self.assertAlmostEqual(0, float(cosine), places=5)
        self.assertAlmostEqual(0, float(relation), places=6)


class EncoderTests(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.folder.cleanup)
        cls.faces = encoder.TrainingFaces(made.write_work(cls.folder.name), ['one', 'two'])
        cls.projection = cls.faces.projection()[0]
        cls.lines = []

    def trained(self, name, steps, until=None, triplets=False, settings=SETTINGS):
        """Trains the first `until` of `steps` steps, in a checkpoint of this name, which is resumed if it is there."""
        training = encoder.EncoderTraining(os.path.join(self.folder.name, name), settings)
        if not training.started:
            training.start_from(None, self.faces, self.projection)
        stop = Stop(steps, until)
        try:
            training.train(self.faces, self.projection, stop, lambda network: 'nothing', self.lines.append, triplets)
        except Stopped:
            training.save()
        return training

    def loss(self, network):
        targets = torch.nn.functional.normalize(self.faces.labels @ self.projection)
        encodings = torch.from_numpy(encoder.encode(network, self.faces.read(range(200)), 'cpu'))
        return float(encoder.distillation_loss(encodings, targets, self.faces.labels)[0])

    def test_the_faces_of_all_sets_are_read(self):
        self.assertEqual((200, 'one/p0', 'two/p39'), (len(self.faces), self.faces.people[0], self.faces.people[-1]))
        np.testing.assert_array_equal(made.crops()[[3, 150]], self.faces.read([3, 150]))

    def test_the_projection_holds_most_of_the_energy(self):
        projection, energy = self.faces.projection()
        self.assertEqual((384, 128), tuple(projection.shape))
        np.testing.assert_allclose((projection.T @ projection).numpy(), np.eye(128), atol=1e-4)
        self.assertGreater(energy, 0.9)

    def test_twenty_steps_lower_the_loss_and_resuming_changes_nothing(self):
        whole = self.trained('whole.pt', 20)
        self.assertEqual((20, 1.0), (whole.step, whole.progress))
        untrained = encoder.EncoderTraining(os.path.join(self.folder.name, 'new.pt'), SETTINGS)
        self.assertLess(self.loss(whole.network), self.loss(untrained.network) - 0.1)
        self.trained('parts.pt', 20, until=9)
        parts = self.trained('parts.pt', 20)
        self.assertEqual(20, parts.step)
        for other in (whole.network, whole.averaged):
            mine = parts.network if other is whole.network else parts.averaged
            for name, value in other.state_dict().items():
                torch.testing.assert_close(mine.state_dict()[name], value, rtol=0, atol=0, msg=name)
        result = torch.load(os.path.join(self.folder.name, 'parts-weights.pt'))
        torch.testing.assert_close(result['averaged']['d.weight'], parts.averaged.d.weight.data, rtol=0, atol=0)

    def test_frozen_layers_keep_their_weights(self):
        start = encoder.EncoderTraining(os.path.join(self.folder.name, 'none.pt'), SETTINGS).network.state_dict()
        training = self.trained('frozen.pt', 2, settings={**SETTINGS, 'frozen': ['c1', 'c2']})
        for name, value in training.network.state_dict().items():
            if name.startswith(('c1.', 'c2.')):
                torch.testing.assert_close(value, start[name], rtol=0, atol=0, msg=name)
        self.assertFalse(torch.equal(training.network.c3[0].weight, start['c3.0.weight']))

    def test_triplets_train_on_people(self):
        training = self.trained('triplets.pt', 2, triplets=True)
        self.assertEqual(2, training.step)
        self.assertTrue(any('triplets of' in line for line in self.lines))

    def test_the_last_layer_is_fitted_to_the_targets(self):
        training = encoder.EncoderTraining(os.path.join(self.folder.name, 'fit.pt'), SETTINGS)
        before = self.loss(training.network)
        encoder.fit_last_layer(training.network, self.faces, self.projection, 'cpu')
        self.assertLess(self.loss(training.network), before - 0.3)


class Stopped(Exception):
    pass


class Stop:
    """A schedule by steps, which breaks off before step `until`."""

    def __init__(self, steps, until):
        self.steps, self.until = steps, until

    def __call__(self, step):
        if step == self.until:
            raise Stopped
        return (step + 1) / self.steps


class ScheduleTests(unittest.TestCase):
    def test_by_steps(self):
        schedule = recipe.clock_schedule(0, 90, None, 10)
        self.assertEqual([0.1, 1.0], [schedule(0), schedule(9)])

    def test_by_the_clock_an_interrupted_training_takes_the_rest_of_its_minutes(self):
        schedule = recipe.clock_schedule(0.75, 40, None)
        self.assertAlmostEqual(0.75, schedule(0), delta=0.01)


if __name__ == '__main__':
    unittest.main()
