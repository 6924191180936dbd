import os
import tempfile
import unittest

import cv2
import numpy as np

import augmentation
import faces
import filter as resembling
import made
import people


class FacesTests(unittest.TestCase):
    def test_cut_set_writes_what_training_reads(self):
        import encoder
        with tempfile.TemporaryDirectory() as folder:
            names = [os.path.join('ada', '1.png'), os.path.join('ada', '2.png'), os.path.join('bob', '1.png')]
            for person, name in enumerate(names):
                path = os.path.join(folder, 'pictures', name)
                os.makedirs(os.path.dirname(path), exist_ok=True)
                cv2.imwrite(path, made.drawn_face(person // 2, person)[0])
            with open(os.path.join(folder, 'pictures', 'bob', 'no-picture.jpg'), 'w', encoding='utf-8') as file:
                file.write('not a picture')
            out = os.path.join(folder, 'set')
            self.assertEqual(3, faces.cut_set(StandIn(), os.path.join(folder, 'pictures'), out, people=True))
            np.save(out + '.keep.npy', [0, 2])
            cut = encoder.TrainingFaces(folder, ['set'])
            self.assertEqual((2, ['set/ada', 'set/bob']), (len(cut), cut.people))
            self.assertEqual((2, faces.CROP, faces.CROP, 3), cut.read([0, 1]).shape)
            np.testing.assert_allclose(np.linalg.norm(cut.labels.numpy(), axis=1), 1, atol=1e-3)
            with open(out + '.tsv', encoding='utf-8') as file:
                self.assertEqual(names, [line.split('\t')[0] for line in file])
            self.assertEqual([], [n for n in os.listdir(folder) if n.endswith('.part')])

    def test_teachers_encode_a_face_alike_in_another_light_and_not_another_face(self):
        cutter = faces.FaceCutter(made.shared('models'))
        pictures = [made.drawn_face(3, 1), made.drawn_face(30, 1)]
        pictures.append((np.clip(pictures[0][0] * 0.8 + 10, 0, 255).astype(np.uint8), pictures[0][1]))
        crops, labels = cutter.cut([p for p, _ in pictures], [[(0.9, 100, l)] for _, l in pictures])
        self.assertEqual((3, faces.CROP, faces.CROP, 3), crops.shape)
        np.testing.assert_allclose(np.linalg.norm(labels, axis=1), 1, atol=1e-3)
        self.assertGreater(labels[0] @ labels[2], 0.9)
        self.assertGreater(labels[0] @ labels[2], labels[0] @ labels[1] + 0.05)

    def test_pictures_without_a_face_give_none(self):
        cutter = faces.FaceCutter(made.shared('models'))
        self.assertEqual([[], []], cutter.find([np.zeros((50, 80, 3), np.uint8), np.full((300, 200, 3), 90, np.uint8)]))
        crops, labels = cutter.cut([np.zeros((50, 80, 3), np.uint8)], [[]])
        self.assertEqual((0, 0), (len(crops), len(labels)))


class StandIn:
    """A cutter that knows where the drawn faces are."""

    def find(self, pictures):
        return [[(0.9, 100.0, made.FACE), (0.8, 50.0, made.FACE)] for _ in pictures]

    def cut(self, pictures, found):
        crops = np.stack([faces.alignment.warp(p, f[0][2], faces.alignment.TEMPLATE, 96, faces.MARGIN) for p, f in zip(pictures, found)])
        return crops, made.labels_of(crops)


class FilterTests(unittest.TestCase):
    def test_all_faces_of_a_picture_that_resembles_a_measured_one_are_dropped(self):
        labels = np.random.default_rng(9).normal(0, 1, (300, 384))
        labels /= np.linalg.norm(labels, axis=1, keepdims=True)
        measured = labels[200:].copy()
        measured[7] = labels[3] + 0.01
        measured[8] = labels[50] + np.random.default_rng(1).normal(0, 0.01, 384)
        measured /= np.linalg.norm(measured, axis=1, keepdims=True)
        pictures = [f'{i // 2}.jpg' for i in range(200)]
        kept, dropped = resembling.kept_faces(labels[:200].astype(np.float16), pictures, measured.astype(np.float16))
        self.assertEqual(2, dropped)
        self.assertEqual([i for i in range(200) if i not in (2, 3, 50, 51)], kept.tolist())

    def test_people_are_cleaned(self):
        random = np.random.default_rng(10)
        centres = random.normal(0, 1, (3, 384))
        labels = np.concatenate([c + random.normal(0, 0.5, (8, 384)) for c in (centres[0], centres[1], centres[0], centres[2])])
        labels[1] = centres[2]      # a wrong name
        labels /= np.linalg.norm(labels, axis=1, keepdims=True)
        names = ['a/one'] * 8 + ['a/two'] * 8 + ['b/one again'] * 8 + ['b/three'] + [None] * 7
        numbers, count, left_out = people.clean_people(labels, names)
        self.assertEqual((2, 2), (count, left_out))
        self.assertEqual([-1] * 9, [numbers[1], *numbers[24:]])
        self.assertEqual(1, len({*numbers[:1], *numbers[2:8], *numbers[16:24]}))
        self.assertNotEqual(numbers[0], numbers[8])


class AugmentationTests(unittest.TestCase):
    def test_same_seed_and_number_give_the_same_batch(self):
        crops = made.crops()[:16]
        one, two = augmentation.Augmentation(3), augmentation.Augmentation(3)
        two.batch(crops)
        np.testing.assert_array_equal(one.batch(crops, number=7), two.batch(crops, number=7))
        self.assertGreater(np.abs(one.batch(crops, number=8) - one.batch(crops, number=7)).max(), 0.1)

    def test_values_are_in_0_to_1(self):
        batch = augmentation.Augmentation(4).batch(made.crops())
        self.assertEqual((200, 96, 96, 3), batch.shape)
        self.assertEqual(np.float32, batch.dtype)
        self.assertTrue(0 <= batch.min() and batch.max() <= 1)
        self.assertGreater(np.abs(batch - augmentation.plain(made.crops())).mean(), 0.01)

    def test_mirror_is_the_mirror_image(self):
        crop = made.crops()[:1]
        exact = augmentation.Augmentation(5, strength=0)
        exact._light = lambda face: np.arange(256, dtype=np.uint8).repeat(3).reshape(1, 256, 3)
        exact.random = Never()
        plain = augmentation.plain(crop)
        np.testing.assert_allclose(exact.batch(crop, [False]), plain, atol=1.01 / 255)
        np.testing.assert_allclose(exact.batch(crop, [True]), plain[:, :, ::-1], atol=1.01 / 255)

    def test_plain_is_the_middle_in_rgb(self):
        crops = made.crops()[:2]
        np.testing.assert_allclose(augmentation.plain(crops)[1, 10, 20], crops[1, 18, 28, ::-1] / 255, atol=1e-6)


class Never:
    """Random numbers by which nothing happens."""

    def random(self, *_):
        return 0.99

    def triangular(self, *_):
        return np.zeros(4)


if __name__ == '__main__':
    unittest.main()
