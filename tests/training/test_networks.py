import os
import tempfile
import unittest

import numpy as np
import onnx
import torch

import alignment
import encoder_network
import export
import faces
import made
import pooling
import yunet
from onnx_torch import OnnxModule


def joined(pixels, module):
    with torch.no_grad():
        answer = module(torch.from_numpy(np.ascontiguousarray(pixels)).permute(2, 0, 1)[None].float()).flatten().numpy()
    return answer / np.linalg.norm(answer)


class OnnxTests(unittest.TestCase):
    def test_teachers_give_their_known_answers(self):
        models = made.manifest(made.shared('models'))
        face = made.known_answer_face(112, 112)
        pixels = (face[..., ::-1].astype(np.float32) / 255 - faces.IMAGENET[0]) / faces.IMAGENET[1]
        answer = joined(pixels, OnnxModule(made.shared('models', 'mobilefacenet-foamliu.onnx')).eval())
        np.testing.assert_allclose(answer, models['mobilefacenet']['knownAnswer'], atol=2e-3)
        face = made.known_answer_face(128, 128)
        answer = joined(face.astype(np.float32), OnnxModule(made.shared('models', 'face-reidentification-retail-0095.onnx')).eval())
        np.testing.assert_allclose(answer, models['face-reid-0095']['knownAnswer'], atol=2e-3)

    def test_built_in_encoder_gives_its_known_answer(self):
        pixels = made.known_answer_face(96, 96)[..., ::-1].astype(np.float32) / 255
        answer = joined(pixels, OnnxModule(os.path.join(made.BUILT_IN, 'door-encoder.onnx')).eval())
        np.testing.assert_allclose(answer, made.manifest(made.BUILT_IN)['door-encoder']['knownAnswer'], atol=2e-3)

    def test_built_in_detector_finds_a_face_of_the_program(self):
        import cv2
        picture = cv2.imread(os.path.join(made.BUILT_IN, '..', 'people', 'adam', 'enrol-1.jpg'))
        found = yunet.YuNet(os.path.join(made.BUILT_IN, 'door-detector.onnx')).detect([picture, picture[:, ::-1]], 0.6)
        for faces_found in found:
            self.assertEqual((1, 15), faces_found.shape)
        first, mirrored = found[0][0, 5:].reshape(5, 2), found[1][0, 5:].reshape(5, 2)
        mirrored[:, 0] = picture.shape[1] - 1 - mirrored[:, 0]
        np.testing.assert_allclose(first, mirrored[[1, 0, 2, 4, 3]], atol=6)

    def test_unknown_operator_is_refused(self):
        graph = onnx.helper.make_graph([onnx.helper.make_node('Einsum', ['x'], ['y'], equation='ij->ji')], 'g',
                                       [onnx.helper.make_tensor_value_info('x', 1, [2, 2])],
                                       [onnx.helper.make_tensor_value_info('y', 1, [2, 2])])
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, 'x.onnx')
            onnx.save(onnx.helper.make_model(graph), path)
            with self.assertRaisesRegex(ValueError, 'Einsum'):
                OnnxModule(path)


class EncoderNetworkTests(unittest.TestCase):
    def test_it_is_the_network_of_the_exercise(self):
        self.assertEqual(3743280, encoder_network.parameter_count(encoder_network.EncoderNetwork()))

    def test_what_is_exported_computes_as_the_network_does(self):
        torch.manual_seed(4)
        network = encoder_network.EncoderNetwork().eval()
        x = torch.rand(3, 3, 96, 96)
        with tempfile.TemporaryDirectory() as folder, torch.no_grad():
            path = os.path.join(folder, 'encoder.onnx')
            export.report(network, path)
            expected, answer = network(x), OnnxModule(path).eval()(x)
            again = encoder_network.EncoderNetwork().eval()
            again.load_state_dict(export.read_weights(path))
            read = again(x)
        # The file's weights have 16 bits.
        np.testing.assert_allclose(answer.numpy(), expected.numpy(), atol=2e-3)
        # A training can start from the file.
        np.testing.assert_allclose(read.numpy(), answer.numpy(), atol=1e-5)

    def test_pooling_in_c_gives_what_pytorch_gives(self):
        if pooling._compiled() is None:
            self.skipTest('needs a C compiler')
        torch.manual_seed(5)
        for padding, side in ((0, 24), (1, 24), (0, 7), (1, 9)):
            # Sixteen bits hold so few values that equal ones meet; any of them may receive the gradient.
            x = torch.randperm(2 * 8 * side * side).reshape(2, 8, side, side).float().div(64).bfloat16().float().contiguous(
                memory_format=torch.channels_last).relu()
            fast, slow = x.bfloat16().requires_grad_(), x.clone().requires_grad_()
            y, expected = pooling.max_pool(fast, padding), torch.nn.functional.max_pool2d(slow, 3, 2, padding)
            torch.testing.assert_close(y.float(), expected, rtol=0, atol=0)
            y.float().sum().backward()
            expected.sum().backward()
            self.assertAlmostEqual(float(slow.grad.sum()), float(fast.grad.float().sum()), delta=0.5)


class YuNetTests(unittest.TestCase):
    def test_decode_equals_a_decoder_cell_by_cell(self):
        random, columns = np.random.default_rng(6), [8, 4, 2]
        outputs = [[random.uniform(-0.2, 1.2, (n, 1)), random.uniform(0, 1, (n, 1)), random.normal(0, 1, (n, 4)), random.normal(0, 2, (n, 10))]
                   for n in (48, 12, 3)]
        expected = []
        for stride, count, (cls, obj, bbox, kps) in zip((8, 16, 32), columns, outputs):
            for k in range(len(cls)):
                score = (min(max(cls[k, 0], 0), 1) * min(max(obj[k, 0], 0), 1)) ** 0.5
                if score < 0.6:
                    continue
                row, column = divmod(k, count)
                w, h = np.exp(bbox[k, 2]) * stride, np.exp(bbox[k, 3]) * stride
                face = [score, (column + bbox[k, 0]) * stride - w / 2, (row + bbox[k, 1]) * stride - h / 2, w, h]
                for point in range(5):
                    face += [(kps[k, 2 * point] + column) * stride, (kps[k, 2 * point + 1] + row) * stride]
                expected.append(face)
        self.assertGreater(len(expected), 10)
        np.testing.assert_allclose(yunet.decode(outputs, columns, 0.6), np.array(expected), rtol=1e-5)

    def test_suppress_keeps_what_a_plain_loop_keeps(self):
        random = np.random.default_rng(7)
        found = np.zeros((60, 15), np.float32)
        found[:, 0], found[:, 1:3], found[:, 3:5] = random.random(60), random.uniform(0, 200, (60, 2)), random.uniform(10, 80, (60, 2))
        kept = []
        for face in sorted(found.tolist(), key=lambda f: -f[0]):
            for other in kept:
                width = min(face[1] + face[3], other[1] + other[3]) - max(face[1], other[1])
                height = min(face[2] + face[4], other[2] + other[4]) - max(face[2], other[2])
                common, one, two = max(0, width) * max(0, height), face[3] * face[4], other[3] * other[4]
                if common / (one + two - common) > 0.3 or common / min(one, two) >= 0.6:
                    break
            else:
                kept.append(face)
        self.assertTrue(5 < len(kept) < 55)
        np.testing.assert_allclose(yunet.suppress(found), np.array(kept), rtol=1e-6)

    def test_nothing_found_is_an_empty_list(self):
        self.assertEqual((0, 15), yunet.suppress(np.zeros((0, 15), np.float32)).shape)


class AlignmentTests(unittest.TestCase):
    def test_similarity_undoes_a_similarity(self):
        angle, scale, shift = 0.4, 1.7, np.array([12.0, -5])
        turn = scale * np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
        matrix = alignment.similarity(alignment.TEMPLATE @ turn.T + shift, alignment.TEMPLATE)
        np.testing.assert_allclose(matrix[:, :2] @ turn, np.eye(2), atol=1e-9)
        np.testing.assert_allclose(matrix[:, :2] @ shift + matrix[:, 2], 0, atol=1e-9)

    def test_similarity_has_the_least_squared_error(self):
        random = np.random.default_rng(8)
        points = made.FACE + random.normal(0, 4, (5, 2))
        matrix = alignment.similarity(points, alignment.TEMPLATE)
        # The same as four unknowns of a linear system: x' = a x - b y + c, y' = b x + a y + d.
        rows = np.concatenate([[[x, -y, 1, 0], [y, x, 0, 1]] for x, y in points])
        a, b, c, d = np.linalg.lstsq(rows, alignment.TEMPLATE.ravel(), rcond=None)[0]
        np.testing.assert_allclose(matrix, [[a, -b, c], [b, a, d]], atol=1e-9)

    def test_template_is_the_manifests(self):
        said = made.manifest(made.BUILT_IN)['door-encoder']['alignment']
        for x, y in alignment.TEMPLATE:
            self.assertIn(f'({x:.4f},{y:.4f})', said)

    def test_warp_reads_between_pixels(self):
        ramp = np.repeat(np.arange(0, 240, dtype=np.uint8)[None, :, None], 240, 0).repeat(3, 2)
        landmarks = alignment.TEMPLATE * 1.5 + (40.0, 30.0)
        crop = alignment.warp(ramp, landmarks, alignment.TEMPLATE, 96)
        np.testing.assert_allclose(crop[48, 8:88, 0], np.arange(8, 88) * 1.5 + 40, atol=1)

    def test_margin_adds_surroundings_only(self):
        picture, landmarks = made.drawn_face(1, 1)
        wide = alignment.warp(picture, landmarks, alignment.TEMPLATE, 96, 8)
        narrow = alignment.warp(picture, landmarks, alignment.TEMPLATE, 96)
        # OpenCV rounds places to parts of a pixel, and the margin shifts where it rounds.
        np.testing.assert_allclose(narrow.astype(int), wide[8:-8, 8:-8], atol=3)


if __name__ == '__main__':
    unittest.main()
