import contextlib
import io
import os
import re
import subprocess
import tempfile
import unittest
import zipfile

import cv2
import numpy as np
import torch

import encoder
import fetch
import made
import pack
import recipe

USES = {'faces', 'people', 'scenes', 'profiles', 'noface', 'paper'}


class SourcesTests(unittest.TestCase):
    def test_every_line_is_well_formed(self):
        rows = recipe.read_sources()
        self.assertGreater(len(rows), 10)
        self.assertEqual(len(rows), len({row['set'] for row in rows}))
        for row in rows:
            with self.subTest(row['set']):
                self.assertEqual(['set', 'repository', 'snapshot', 'folder', 'use', 'person', 'most', 'what', 'pictures'], list(row))
                self.assertRegex(row['set'], r'^[a-z0-9]+$')
                self.assertRegex(row['repository'], r'^[\w.-]+/[\w.-]+$')
                self.assertRegex(row['snapshot'], r'^[0-9a-f]{40}$')
                self.assertIn(row['use'], USES)
                self.assertEqual(row['use'] == 'people', row['person'] != '-')
                self.assertRegex(row['pictures'], r'^[1-9]\d*$')
                self.assertRegex(row['most'], r'^\d*$')
                self.assertTrue(row['what'] and row['folder'])
                if row['person'] not in ('-', 'identities') and not row['person'].startswith('folder'):
                    self.assertEqual(1, re.compile(row['person']).groups)


class FetchTests(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.origin = os.path.join(self.folder.name, 'origin', 'ada', 'faces')
        self.pictures = os.path.join(self.folder.name, 'pictures')
        subprocess.run(['git', 'init', '-q', self.origin], check=True)
        for k, name in enumerate(('people/bob/1.jpg', 'people/bob/2.JPG', 'people/eve/3.png', 'people/eve/Ada_Ada_0001.jpg', 'other/4.jpg')):
            self.write(name, picture(k, os.path.splitext(name)[1].lower()))
        self.write('people/eve/again.jpg', picture(0, '.jpg'))
        self.write('people/eve/pointer.jpg', b'version https://git-lfs.github.com/spec/v1\n' + b'x' * 1000)
        self.write('people/eve/small.jpg', b'\xff\xd8\xff')
        self.write('people/read.me', b'x' * 2000)
        self.snapshot = self.commit()
        self.write('people/bob/later.jpg', picture(9, '.jpg'))
        self.commit()

    def write(self, name, content):
        path = os.path.join(self.origin, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, 'wb') as file:
            file.write(content)

    def commit(self):
        git = ['git', '-C', self.origin, '-c', 'user.name=a', '-c', 'user.email=a@example.org']
        subprocess.run([*git, 'add', '-A'], check=True)
        subprocess.run([*git, 'commit', '-q', '-m', 'x'], check=True)
        return subprocess.run([*git, 'rev-parse', 'HEAD'], check=True, capture_output=True, text=True).stdout.strip()

    def row(self, **other):
        return {'set': 'bobs', 'repository': 'ada/faces', 'snapshot': self.snapshot, 'folder': 'people/', 'use': 'people',
                'person': 'folder', 'most': '', 'what': 'x', 'pictures': '3', **other}

    def fetch(self, *rows, **options):
        said = io.StringIO()
        origin = fetch.ORIGIN
        try:
            fetch.ORIGIN = os.path.join(self.folder.name, 'origin') + '/'
            with contextlib.redirect_stdout(said):
                fetch.fetch_all(list(rows), self.pictures, **options)
        except SystemExit as end:
            said.write(f'ended: {end}')
        finally:
            fetch.ORIGIN = origin
        return said.getvalue()

    def written(self, name):
        base = os.path.join(self.pictures, name)
        return sorted(os.path.relpath(os.path.join(where, n), base) for where, _, names in os.walk(base) for n in names)

    def test_a_snapshot_is_fetched_and_written_out_by_people(self):
        said = self.fetch(self.row())
        self.assertIn('3 pictures, 1 named as LFW, 1 identical, 1 pointers, 1 too small', said)
        self.assertEqual(['bob/1.jpg', 'bob/2.JPG', 'eve/3.png'], self.written('bobs'))
        self.assertIn('complete', self.fetch(self.row()))
        self.assertEqual([], os.listdir(os.path.join(self.pictures, '.repositories')))

    def test_a_later_set_leaves_out_what_an_earlier_one_holds(self):
        said = self.fetch(self.row(), self.row(set='rest', folder='(all)', use='faces', person='-'))
        self.assertIn('3 in another set', said)
        self.assertEqual(['other__4.jpg'], self.written('rest'))

    def test_most_pictures_of_a_person_and_people_by_an_expression(self):
        self.fetch(self.row(most='1'), self.row(set='by', person=r'people/(\w)'))
        self.assertEqual(['bob/1.jpg', 'eve/3.png'], self.written('bobs'))
        self.assertEqual(['b/2.JPG'], self.written('by'))

    def test_repositories_that_are_here_already(self):
        mirror = os.path.join(self.folder.name, 'mirror')
        os.makedirs(mirror)
        os.rename(self.origin, os.path.join(mirror, 'ada+faces'))
        self.assertIn('3 pictures', self.fetch(self.row(), mirror=mirror))
        self.assertIn('no git repository in', self.fetch(self.row(set='x', repository='ada/none'), mirror=mirror))
        self.assertIn('does not hold the snapshot', self.fetch(self.row(set='y', snapshot='0' * 40), mirror=mirror))

    def test_a_failing_set_is_named_and_the_others_are_written(self):
        said = self.fetch(self.row(set='gone', repository='ada/gone'), self.row())
        self.assertIn('gone: ada/gone at', said)
        self.assertIn('ended: Not fetched: gone.', said)
        self.assertEqual(3, len(self.written('bobs')))
        self.assertIn('lists no set nothing', self.fetch(self.row(), only=['nothing']))

    def test_an_interrupted_set_is_written_again(self):
        os.makedirs(os.path.join(self.pictures, 'bobs.part', 'bob'))
        self.fetch(self.row())
        self.assertEqual(['bobs', 'bobs.done'], sorted(n for n in os.listdir(self.pictures) if n[0] != '.'))

    def test_names_stay_in_their_folder(self):
        self.assertEqual(['_.._x.jpg', 'x', '_'], [fetch._safe(n, 99) for n in ('../../x.jpg', '.x', '..')])
        self.assertLessEqual(len(fetch._safe('ä' * 300 + '.jpg', 200).encode()), 200)


def picture(number, ending):
    noise = np.random.default_rng(number).integers(0, 255, (40, 40, 3), np.uint8)
    return cv2.imencode(ending, noise)[1].tobytes()


class PackTests(unittest.TestCase):
    SETTINGS = {'seed': 3, 'files': 4, 'mebibytes': 1, 'quality': 90}

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.work, self.there = os.path.join(folder.name, 'here'), os.path.join(folder.name, 'there')
        self.faces = encoder.TrainingFaces(made.write_work(self.work), ['one', 'two'])

    def packed(self, **settings):
        return pack.pack_faces(self.faces, ['one', 'two'], os.path.join(self.work, 'packs'), {**self.SETTINGS, **settings})

    def test_sheets_hold_their_crops(self):
        crops = made.crops()[:50]
        np.testing.assert_array_equal(crops, pack.from_sheet(pack.to_sheet(crops), 50))

    def test_what_is_unpacked_is_what_was_packed(self):
        (path, count), = self.packed()
        self.assertEqual(200, count)
        self.assertLess(os.path.getsize(path), 1 << 20)
        self.assertEqual((200, 0), pack.unpack([path], self.there))
        unpacked = encoder.TrainingFaces(os.path.join(self.there, 'faces'), ['one', 'two'])
        self.assertEqual(sorted(self.faces.people), sorted(unpacked.people))
        # The most similar label belongs to the same face.
        same = (unpacked.labels @ self.faces.labels.T).argmax(1).tolist()
        self.assertEqual(list(range(200)), sorted(same))
        self.assertGreater(float((unpacked.labels * self.faces.labels[same]).sum(1).min()), 0.9995)
        difference = np.abs(unpacked.read(range(200)).astype(int) - self.faces.read(same)).mean()
        self.assertLess(difference, 5)
        self.assertEqual([unpacked.people[i] for i in range(200)], [self.faces.people[i] for i in same])

    def test_a_person_stays_together_and_the_bytes_are_the_same_again(self):
        order = pack.order_of(self.faces.people, 1)
        self.assertEqual(list(range(200)), sorted(order))
        people = [self.faces.people[i] for i in order]
        self.assertTrue(all(len(set(people[i:i + 5])) == 1 for i in range(0, 200, 5)))
        with open(self.packed()[0][0], 'rb') as file:
            first = file.read()
        with open(self.packed()[0][0], 'rb') as file:
            self.assertEqual(first, file.read())

    def test_several_packs_make_up_one_set(self):
        around = pack.AROUND
        self.addCleanup(setattr, pack, 'AROUND', around)
        with zipfile.ZipFile(self.packed()[0][0]) as file:
            sheet = max(i.file_size for i in file.infolist() if i.filename.endswith('.jpg'))
        pack.AROUND = (1 << 20) - int(2.2 * (sheet + 64 * 400))     # room for two sheets a pack
        packs = self.packed()
        self.assertGreater(len(packs), 1)
        self.assertEqual(200, sum(count for _, count in packs))
        self.assertEqual((200, 0), pack.unpack([path for path, _ in packs], self.there))
        self.assertEqual(200, len(encoder.TrainingFaces(os.path.join(self.there, 'faces'), ['one', 'two'])))
        self.assertEqual(1, len(self.packed(files=1)))

    def test_the_weights_to_start_from_travel(self):
        path = os.path.join(self.work, 'start.pt')
        network = encoder.EncoderNetwork()
        torch.save({'averaged': network.state_dict()}, path)
        (packed, _), = pack.pack_faces(self.faces, ['one', 'two'], self.work, {**self.SETTINGS, 'mebibytes': 20}, path)
        pack.unpack([packed], self.there)
        training = encoder.EncoderTraining(os.path.join(self.there, 'x.pt'), {'seed': 8, 'weight_decay': 0, 'learning_rate': 0, 'frozen': []})
        training.start_from(os.path.join(self.there, 'start.pt'), self.faces, None)
        torch.testing.assert_close(training.network.c3[0].weight.data, network.c3[0].weight.data, rtol=1e-3, atol=1e-4)

    def test_sets_of_the_detector_are_thinned_evenly_until_they_fit(self):
        random, sets = np.random.default_rng(1), []
        for k in range(2):
            lengths = random.integers(5000, 9000, 200)
            counts = random.integers(0, 3, 200)
            sets.append(os.path.join(self.work, f'set{k}.npz'))
            np.savez(sets[-1], jpeg=random.integers(0, 255, lengths.sum(), np.uint8), start=np.cumsum([0, *lengths]),
                     first=np.cumsum([0, *counts]), faces=np.arange(counts.sum() * 15, dtype=np.float32).reshape(-1, 15),
                     width=np.arange(200, dtype=np.int32), held=np.zeros(200, bool), kind=np.array('faces'))
        path, count = pack.pack_detector(sets, self.work, self.SETTINGS)
        self.assertLessEqual(os.path.getsize(path), 1 << 20)
        self.assertTrue(80 < count < 200)
        self.assertEqual((0, 2), pack.unpack([path], self.there))
        with np.load(sets[1]) as whole, np.load(os.path.join(self.there, 'detector', 'set1.npz')) as part:
            for i, width in enumerate(part['width']):
                for values, first in (('jpeg', 'start'), ('faces', 'first')):
                    np.testing.assert_array_equal(whole[values][whole[first][width]:whole[first][width + 1]],
                                                  part[values][part[first][i]:part[first][i + 1]])


if __name__ == '__main__':
    unittest.main()
