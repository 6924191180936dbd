import argparse
import contextlib
import io
import json
import os
import shutil
import sys
import tempfile
import unittest

import catalogue_text
import changeover

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.join(HERE, '..', '..')
FILES = ['src/DoorAgent/Networks/catalogue.json', 'src/DoorAgent/Encodings/typicality.json', 'src/DoorAgent/BuiltIn/models/manifest.json',
         'src/DoorAgent/BuiltIn/models/model-card.md', 'deploy/debian/preinst', 'deploy/guide/networks.md']


class ChangeoverTests(unittest.TestCase):
    """Changes the networks of a copy of the repository's texts; the networks are made files, and nothing is measured."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = folder.name
        said = contextlib.redirect_stdout(io.StringIO())
        said.__enter__()
        self.addCleanup(said.__exit__, None, None, None)
        for name in FILES:
            os.makedirs(os.path.dirname(self.path(name)), exist_ok=True)
            shutil.copyfile(os.path.join(ROOT, name), self.path(name))
        for name in ('door-encoder.onnx', 'door-detector.onnx'):
            self.put(f'src/DoorAgent/BuiltIn/models/{name}', 'before')
        for name, value in (('ROOT', self.root), ('MODELS', self.path('src/DoorAgent/BuiltIn/models')),
                            ('PREINST', self.path('deploy/debian/preinst')), ('known_answer', lambda program, encoder: [0.25, -0.5])):
            before = getattr(changeover, name)
            self.addCleanup(setattr, changeover, name, before)
            setattr(changeover, name, value)

    def path(self, name):
        return os.path.join(self.root, name)

    def put(self, name, text):
        os.makedirs(os.path.dirname(self.path(name)), exist_ok=True)
        with open(self.path(name), 'w', encoding='utf-8') as file:
            file.write(text)
        return self.path(name)

    def text(self, name):
        with open(self.path(name), encoding='utf-8') as file:
            return file.read()

    def entries(self):
        return {e['id']: e for e in json.loads(self.text(FILES[0]))['models']}

    def install(self, encoder=None, detector=None, **others):
        known = self.put('known-face.json', '{"box": [1, 2, 3, 4], "landmarks": [[1, 2], [3, 4], [5, 6], [7, 8], [9, 10]]}')
        changeover.install(argparse.Namespace(**{
            'program': sys.executable, 'encoder': encoder and self.put('encoder.onnx', encoder), 'encoder_origin': 'made of nothing',
            'detector': detector and self.put('detector.onnx', detector), 'known_face': known,
            'detector_origin': 'made of light', **others}))

    def files(self):
        """Returns every file of the copy with its bytes, but for the files that are given to install."""
        found = {}
        for where, _, names in os.walk(self.path('src')):
            for path in (os.path.join(where, name) for name in names):
                with open(path, 'rb') as file:
                    found[path] = file.read()
        return found, self.text('deploy/debian/preinst')

    def measure(self):
        """Writes what `changeover.py measure` would have written."""
        entries, rates = self.entries(), [1e-3, 1e-4, 3.4e-5, 1e-5, 1e-6]
        for detector in changeover.DETECTORS:
            for rule in changeover.RULES:
                rows = [{'fmr': rate, 'distance': 1.2 - 0.1 * i, 'low': 1.0, 'high': 1.3} for i, rate in enumerate(rates)]
                self.put(f'out/table-{detector}-{rule}.json', json.dumps(
                    {'encoderSha256': entries['door-encoder']['sha256'], 'measuredOn': changeover.MEASURED_ON, 'comparisons': 1234,
                     'rows': rows}))
            pairs = {'accuracy': {'mean': 0.9912, 'standardError': 0.0021}, 'bestThreshold': 1.2, 'bestAccuracy': 0.993}
            points = [{'threshold': 1.1, 'fnmr': {'rate': 0.05}} for _ in rates]
            for name in ('view1', 'view2', 'all'):
                self.put(f'out/{name}-{detector}.json', json.dumps({'encoders': [
                    {'networks': {'encoder': 'door-encoder', 'encoderDigest': entries['door-encoder']['sha256'], 'detector': detector,
                                  'detectorDigest': entries[detector]['sha256'], 'flips': flips},
                     'pairs': pairs, 'allPairs': {'mated': 10, 'nonMated': 1234567, 'atRates': points}} for flips in (False, True)]}))
        changeover.write_all(argparse.Namespace(out=self.path('out')))

    def test_catalogue_and_typicality_stand_in_the_form_that_the_recipe_writes(self):
        before = [self.text(name) for name in FILES[:2]]
        catalogue_text.Catalogue(self.root).save()
        catalogue_text.Typicality(self.root).save()
        self.assertEqual(before, [self.text(name) for name in FILES[:2]])

    def test_networks_of_before_keep_all_their_facts_under_the_next_number(self):
        before = self.entries()
        number = 1 + sum(e.get('formerly') == 'door-encoder' for e in before.values())
        self.install(encoder='new encoder', detector='new detector')
        after = self.entries()
        former = after[f'door-encoder-{number}']
        for key in ('sha256', 'bytes', 'input', 'output', 'alignment', 'knownAnswer', 'accuracy'):
            self.assertEqual(before['door-encoder'][key], former[key])
        self.assertEqual('door-encoder', former['formerly'])
        self.assertIn(f'door-detector-{number}', {t['detector'] for t in former['calibration']})
        self.assertNotIn('door-detector', {t['detector'] for t in former['calibration']})
        self.assertEqual(('made of nothing', [0.25, -0.5], [], 11), tuple(
            after['door-encoder'][k] for k in ('origin', 'knownAnswer', 'calibration', 'bytes')))
        self.assertEqual([1, 2, 3, 4], after['door-detector']['knownFace']['box'])
        self.assertEqual('before', self.text(f'src/DoorAgent/BuiltIn/models/door-encoder-{number}.onnx'))
        self.assertIn(f"\ndoor-encoder.onnx {former['sha256']} door-encoder-{number}.onnx\n", self.text('deploy/debian/preinst'))
        typicality = {(t['encoder'], t['detector']) for t in json.loads(self.text(FILES[1]))['tables']}
        self.assertIn((f'door-encoder-{number}', f'door-detector-{number}'), typicality)
        self.assertNotIn('door-encoder', {encoder for encoder, _ in typicality})
        self.assertEqual({k: v for k, v in before.items() if not k.startswith('door-')},
                         {k: v for k, v in after.items() if not k.startswith('door-')})

    def test_a_detector_alone_leaves_the_encoder_with_what_was_measured_with_the_detector_of_before(self):
        before = self.entries()['door-encoder']
        self.install(detector='new detector')
        after = self.entries()['door-encoder']
        self.assertEqual(before['sha256'], after['sha256'])
        self.assertNotIn('door-detector', {t['detector'] for t in after['calibration']})
        self.assertEqual(len(before['calibration']), len(after['calibration']))

    def test_the_same_file_is_no_other_network(self):
        self.install(encoder='new encoder')
        with self.assertRaises(SystemExit):
            self.install(encoder='new encoder')

    def test_a_refused_install_changes_nothing(self):
        self.install(encoder='new encoder', detector='new detector')
        before, both = self.files(), {'encoder': 'a third encoder', 'detector': 'a third detector'}
        for change, sentence in (
                ({'encoder': None, 'detector': None}, 'needs --encoder FILE or --detector FILE'),
                ({'detector': 'new detector'}, 'is the door-detector that is built in'),
                ({'encoder': 'new encoder'}, 'is the door-encoder that is built in'),
                ({'known_face': None}, 'needs --known-face'),
                ({'known_face': self.path('none.json')}, 'There is no .*none.json'),
                ({'known_face': self.put('empty.json', '{}')}, 'is not what'),
                ({'encoder_origin': None}, 'needs --encoder-origin'),
                ({'detector_origin': ''}, 'needs --detector-origin'),
                ({'program': None}, 'needs --program'),
                ({'program': self.path('none')}, 'not a program')):
            with self.subTest(change), self.assertRaisesRegex(SystemExit, sentence):
                self.install(**{**both, **change})
            self.assertEqual(before, self.files())

    def test_a_network_in_the_place_of_the_one_of_before_is_refused(self):
        path = self.path('src/DoorAgent/BuiltIn/models/door-encoder.onnx')
        with self.assertRaisesRegex(SystemExit, 'stands in the place of'):
            changeover.install(argparse.Namespace(encoder=path, encoder_origin='made', detector=None, program=sys.executable))

    def test_measuring_needs_all_of_lfw_and_its_lists(self):
        asked = argparse.Namespace(program=sys.executable, lfw=None, models=None, out=None, only=None)
        with self.assertRaisesRegex(SystemExit, 'needs --lfw'):
            changeover.measure(asked)
        asked.lfw = os.path.dirname(self.put('lfw/pairsDevTest.txt', ''))
        with self.assertRaisesRegex(SystemExit, 'There is no .*pairs.txt'):
            changeover.measure(asked)
        self.put('lfw/pairs.txt', '')
        self.put('lfw/ada/ada_0001.jpg', '')
        with self.assertRaisesRegex(SystemExit, 'holds 1 of the 13233 pictures'):
            changeover.measure(asked)
        for step in (changeover.show, changeover.write_all):
            with self.assertRaisesRegex(SystemExit, 'needs --out'):
                step(asked)
            with self.assertRaisesRegex(SystemExit, 'changeover.py measure writes it'):
                step(argparse.Namespace(out=self.path('nothing')))

    def test_what_was_measured_is_written_everywhere_and_once(self):
        self.install(encoder='new encoder', detector='new detector')
        self.measure()
        texts = [self.text(name) for name in FILES]
        encoder = self.entries()['door-encoder']
        self.assertEqual(len(changeover.DETECTORS) * len(changeover.RULES), len(encoder['calibration']))
        self.assertIn('with door-detector 99.12 % +- 0.21', encoder['accuracy'])
        self.assertIn(encoder['sha256'], self.text(FILES[3]))
        self.assertIn('| View 2, ten folds | 99.12 ± 0.21 % at 1.200 |', self.text(FILES[3]))
        self.assertIn('| `door-detector` + `door-encoder` | 1.200 | 1.100 | 1.000 | 0.900 | 0.800 |', self.text(FILES[5]))
        self.assertIn('| `yunet-n` + `door-encoder` | 99.3 % at the best threshold |', self.text(FILES[5]))
        facts = json.loads(self.text(FILES[2]))
        self.assertEqual({'yunet-n': 0.993, 'door-detector': 0.993}, facts['models'][1]['view1'])
        self.assertEqual({'door-encoder', 'door-detector'}, {one['formerly'] for one in facts['former']})
        changeover.write_all(argparse.Namespace(out=self.path('out')))
        self.assertEqual(texts, [self.text(name) for name in FILES])

    def test_reports_of_other_networks_are_refused(self):
        self.install(encoder='new encoder')
        self.measure()
        self.install(encoder='a third encoder')
        with self.assertRaises(SystemExit):
            changeover.write_all(argparse.Namespace(out=self.path('out')))
