"""Tests of the detector's training on made pictures."""

import os
import tempfile
import unittest

import cv2
import numpy as np
import torch

import detector_file
from detector import Scenes, Training
from detector_labels import mirror, to_picture
from detector_loss import Cells, assign, is_ghost, loss_of
from detector_measure import ghosts, landmark_error, suppress
from detector_network import DetectorNetwork, YuNetOutputs
from detector_scenes import FACE, Pictures, SceneMaker, turn_of
from detector_settings import load_settings
from onnx_torch import OnnxModule

POINTS = np.array([[0.3, 0.4], [0.7, 0.4], [0.5, 0.6], [0.35, 0.8], [0.65, 0.8]], np.float32)


def face(x, y, width, height, score=0.9):
    return np.array([score, x, y, width, height, *(POINTS * (width, height) + (x, y)).ravel()], np.float32)


def made_set(path, count, kind="faces"):
    """Writes a set of pictures of ellipses with eyes and a mouth."""
    random, jpeg, faces = np.random.default_rng(1), [], []
    for _ in range(count):
        picture = random.integers(0, 255, (1, 1, 3)).repeat(160, 0).repeat(160, 1).astype(np.uint8)
        if kind != "noface":
            row = face(*random.uniform(20, 60, 2), 60, 80)
            middle, size = (row[1:3] + row[3:5] / 2).astype(int), (row[3:5] / 2).astype(int)
            cv2.ellipse(picture, tuple(map(int, middle)), tuple(map(int, size)), 0, 0, 360, (120, 160, 220), -1)
            for x, y in row[5:].reshape(5, 2).astype(int):
                cv2.circle(picture, (int(x), int(y)), 4, (20, 20, 60), -1)
            faces.append(row)
        jpeg.append(cv2.imencode(".jpg", picture)[1].ravel())
    first = np.arange(count + 1) * (kind != "noface")
    np.savez(path, jpeg=np.concatenate(jpeg), start=np.cumsum([0] + [len(j) for j in jpeg]), first=first,
             faces=np.array(faces, np.float32).reshape(-1, 15), width=np.full(count, 160), held=np.zeros(count, bool),
             kind=np.array(kind))


def small_settings():
    settings = load_settings()
    settings.update(batch=4, fresh=2, pool=8)
    return settings


class FaceTests(unittest.TestCase):
    def test_mirror_twice_is_the_same(self):
        faces = np.stack([face(10, 20, 30, 40), face(50, 5, 12, 18)])
        np.testing.assert_allclose(mirror(mirror(faces, 100), 100), faces, atol=1e-4)

    def test_mirrored_face_is_turned_to_the_other_side(self):
        row = face(10, 20, 30, 40)
        row[9] += 5   # the nose
        turn = turn_of(row[5:].reshape(5, 2))
        self.assertGreater(turn, 0.5)
        self.assertAlmostEqual(turn_of(mirror(row[None], 100)[0, 5:].reshape(5, 2)), -turn, places=4)

    def test_reduced_copy_and_back(self):
        faces = face(10, 20, 30, 40)[None]
        there = to_picture(faces, 0.5, 3)
        np.testing.assert_allclose(to_picture(there - np.array([0, 3, 3, 0, 0] + [3] * 10), 2, 0), faces, atol=1e-4)

    def test_ghost_is_counted_and_suppressed(self):
        faces = np.stack([face(90, 80, 60, 75), face(40, 10, 180, 220, 0.7)])
        self.assertEqual(ghosts(suppress(faces, 9)), 1)
        self.assertEqual(len(suppress(faces, 0.6)), 1)

    def test_same_landmarks_have_no_error(self):
        self.assertLess(max(landmark_error(face(10, 20, 30, 40), face(10, 20, 30, 40))), 1e-5)


class NetworkTests(unittest.TestCase):
    def setUp(self):
        torch.manual_seed(1)
        self.network = DetectorNetwork().eval()
        self.pixels = torch.rand(2, 3, 64, 96) * 255

    def outputs(self, network):
        with torch.no_grad():
            return YuNetOutputs(network)(self.pixels)

    def assert_equal(self, one, other, tolerance):
        for a, b in zip(one, other):
            self.assertLess(float((a - b).abs().max()), tolerance)

    def test_calibrating_and_folding_change_nothing(self):
        before = self.outputs(self.network)
        detector_file.calibrate(self.network, self.pixels)
        self.assert_equal(before, self.outputs(self.network), 1e-3)
        self.assert_equal(before, self.outputs(self.network.fold()), 1e-3)

    def test_file_holds_the_network(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "detector.onnx")
            detector_file.calibrate(self.network, self.pixels)
            before = self.outputs(self.network)
            detector_file.write(self.network, path)
            module = OnnxModule(path).eval()
            self.assertEqual(module.outputs, YuNetOutputs.NAMES)
            with torch.no_grad():
                self.assert_equal(before, module(self.pixels), 0.02)
            again = DetectorNetwork().eval()
            detector_file.read(again, path)
            self.assert_equal(before, self.outputs(again), 0.02)


class LossTests(unittest.TestCase):
    def setUp(self):
        self.cells = Cells(224, "cpu")
        row = face(60, 50, 80, 100)
        self.faces = torch.full((1, 2, 15), -1.0)
        self.faces[0, 0] = torch.tensor([*row[1:], FACE])

    def test_core_lies_in_the_face(self):
        index, core, ring, doubt = assign(self.cells, self.faces)
        places = (self.cells.place * self.cells.stride)[core[0]]
        self.assertGreater(len(places), 3)
        self.assertTrue(((places - torch.tensor([100.0, 100.0])).abs() < 25).all())
        self.assertTrue((index[core] == 0).all() and not (core & ring).any() and not doubt.any())

    def test_box_around_a_face_is_a_ghost_and_the_face_is_none(self):
        middle = torch.tensor([[[100.0, 100.0], [100.0, 110.0], [20.0, 20.0]]])
        size = torch.tensor([[[80.0, 100.0], [190.0, 220.0], [30.0, 30.0]]])
        self.assertEqual(is_ghost(middle, size, self.faces).tolist(), [[False, True, False]])

    def test_loss_is_finite_without_faces(self):
        maps = [torch.zeros(1, 16, 224 // s, 224 // s, requires_grad=True) for s in (8, 16, 32)]
        loss, parts = loss_of(self.cells, maps, torch.full((1, 2, 15), -1.0), load_settings()["loss"])
        loss.backward()
        self.assertTrue(torch.isfinite(loss) and torch.isfinite(parts).all())


class TrainingTests(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        paths = [os.path.join(self.folder.name, name) for name in ("faces.npz", "none.npz")]
        made_set(paths[0], 20)
        made_set(paths[1], 5, "noface")
        self.settings = small_settings()
        self.pictures = Pictures(paths, self.settings["scenes"], 0.6)

    def test_scenes_follow_from_the_seed(self):
        makers = [SceneMaker(self.pictures, self.settings["scenes"], 5) for _ in range(2)]
        for _ in range(12):
            (one, rows), (other, same) = makers[0].make(), makers[1].make()
            np.testing.assert_array_equal(one, other)
            np.testing.assert_array_equal(rows, same)
            self.assertLessEqual(len(rows), self.settings["scenes"]["most_faces"])

    def test_run_continues_where_it_was_saved(self):
        scenes = Scenes(self.pictures, self.settings, 3, 1)
        cells = Cells(self.settings["scenes"]["side"], "cpu")
        training = Training(self.settings, "cpu")
        for step in range(4):
            training.progress = step / 4
            if step == 2:
                training.fold()
            training.learn(cells, *scenes.batch())
        path = os.path.join(self.folder.name, "run.pt")
        training.save(path)
        again = Training(self.settings, "cpu")
        again.load(path)
        self.assertEqual((again.step, again.folded), (4, True))
        batch = scenes.batch()
        np.testing.assert_allclose(training.learn(cells, *batch), again.learn(cells, *batch), rtol=1e-4)


if __name__ == "__main__":
    unittest.main()
