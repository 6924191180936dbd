import contextlib
import io
import os
import tempfile
import unittest
from unittest import mock

import cv2
import numpy as np

import detector
import detector_labels
import detector_settings
import export
import made
import needs
import recipe


class NeedsTests(unittest.TestCase):
    """A step that lacks something ends with a sentence that names what makes it."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.work, self.models = os.path.join(folder.name, 'W'), os.path.join(folder.name, 'M')
        os.makedirs(self.work)
        os.makedirs(self.models)

    def refused(self, *arguments):
        """Returns what a step says that ends before it begins."""
        with self.assertRaises(SystemExit) as end, contextlib.redirect_stderr(io.StringIO()) as said:
            recipe.main([*arguments, '--work', self.work])
        return said.getvalue() + str(end.exception.code)

    def put_faces(self, ending):
        os.makedirs(os.path.join(self.work, 'faces'), exist_ok=True)
        open(os.path.join(self.work, 'faces', 'one' + ending), 'wb').close()

    def test_steps_that_need_the_teachers_say_so(self):
        for step in ('faces', 'detector-faces'):
            self.assertIn('needs --models', self.refused(step))
            self.assertIn('dynamic.onnx', self.refused(step, '--models', self.models))
        for name in needs.TEACHERS:
            open(os.path.join(self.models, name), 'wb').close()
        for step in ('faces', 'detector-faces'):
            self.assertIn('run recipe.py fetch first', self.refused(step, '--models', self.models))
        os.makedirs(os.path.join(self.work, 'pictures'))
        self.assertIn('lists no set nobody', self.refused('faces', '--models', self.models, '--only', 'nobody'))

    def test_filter_needs_measured_pictures_and_faces(self):
        self.assertIn('needs --measured', self.refused('filter'))
        self.assertIn('There is no folder', self.refused('filter', '--measured', self.work + '/none'))
        self.assertIn('run recipe.py faces first', self.refused('filter', '--measured', self.work))

    def test_trainings_need_filtered_faces(self):
        for step in ('encoder', 'triplets', 'pack'):
            self.assertIn('run recipe.py faces and recipe.py filter', self.refused(step))
        self.put_faces('.tsv')
        for step in ('encoder', 'triplets', 'pack'):
            self.assertIn('run recipe.py filter first', self.refused(step))
        self.put_faces('.keep.npy')
        self.assertIn('run recipe.py encoder first', self.refused('triplets'))
        self.assertIn('pairsDevTest.txt', self.refused('encoder', '--view1', self.models))

    def test_results_need_a_training(self):
        self.assertIn('recipe.py pack', self.refused('unpack'))
        self.assertIn('recipe.py encoder', self.refused('export'))
        self.assertIn('not a time of day', self.refused('encoder', '--until', '25:00'))

    def test_the_detector_needs_sets_and_to_export_a_checkpoint(self):
        for arguments, sentence in ((['*.npz', '--steps', '1'], 'detector-faces'), (['--export', 'x.onnx'], 'train the detector first')):
            with mock.patch('sys.argv', ['detector.py', os.path.join(self.work, 'detector.pt'), *arguments]):
                with self.assertRaisesRegex(SystemExit, sentence):
                    detector.main()


class DetectorFacesTests(unittest.TestCase):
    def test_a_sets_folder_is_made_and_every_use_of_the_sources_has_its_number(self):
        settings = detector_settings.load_settings()
        for row in recipe.read_sources():
            self.assertIsInstance(settings['labels'][row['use']], int, row['use'])
        with tempfile.TemporaryDirectory() as folder:
            cv2.imwrite(os.path.join(folder, 'plain.png'), np.full((60, 60, 3), 90, np.uint8))
            out = os.path.join(folder, 'detector', 'one.npz')
            self.assertIn('1 pictures, 0 faces', detector_labels.write_set(NoFaces(), folder, 'noface', out, settings))
            with np.load(out) as file:
                self.assertEqual('noface', str(file['kind']))


class NoFaces:
    """A teacher that finds nothing."""
    device = 'cpu'

    def detect(self, pictures, least):
        return [np.zeros((0, 15), np.float32) for _ in pictures]


class StartTests(unittest.TestCase):
    def test_every_clone_has_the_weights_to_start_from(self):
        path = os.path.join(made.BUILT_IN, recipe.read_settings()['encoder']['start'])
        self.assertEqual(0, sum(not np.isfinite(v.numpy()).all() for v in export.read_weights(path).values()))
