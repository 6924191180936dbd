"""Finds faces with a network of YuNet's form, decoded as the product decodes (src/DoorAgent/Faces/DetectionDecoder.cs)."""
import numpy as np
import torch

from onnx_torch import OnnxModule

STRIDES = (8, 16, 32)
MAX_OVERLAP = 0.3
MAX_CONTAINMENT = 0.6


def decode(outputs, columns, min_score):
    """Returns the faces of one picture before suppression: (k, 15) of score, x, y, width, height, five landmarks.

    `outputs`: for each stride (cls, obj, bbox, kps) with one row a cell; `columns`: cells in a row, for each stride."""
    found = []
    for stride, count, (cls, obj, bbox, kps) in zip(STRIDES, columns, outputs):
        score = np.sqrt(np.clip(cls[:, 0], 0, 1) * np.clip(obj[:, 0], 0, 1))
        k = np.nonzero(score >= min_score)[0]
        cell = np.stack([k % count, k // count], 1).astype(np.float32)
        centre, size = (cell + bbox[k, :2]) * stride, np.exp(bbox[k, 2:4]) * stride
        points = (kps[k].reshape(-1, 5, 2) + cell[:, None]) * stride
        found.append(np.concatenate([score[k, None], centre - size / 2, size, points.reshape(-1, 10)], 1))
    return np.concatenate(found).astype(np.float32)


def suppress(faces):
    """Keeps, from the highest score down, the faces that neither overlap with nor contain nor lie in a kept one."""
    faces, kept = faces[np.argsort(-faces[:, 0], kind='stable')], []
    for face in faces:
        x, y, w, h = face[1:5]
        for other in kept:
            ox, oy, ow, oh = other[1:5]
            common = max(0, min(x + w, ox + ow) - max(x, ox)) * max(0, min(y + h, oy + oh) - max(y, oy))
            if common > MAX_OVERLAP * (w * h + ow * oh - common) or common >= MAX_CONTAINMENT * min(w * h, ow * oh):
                break
        else:
            kept.append(face)
    return np.stack(kept) if kept else np.zeros((0, 15), np.float32)


class YuNet:
    """A face detector of YuNet's form: input BGR 0..255, sides padded with black to multiples of 32."""

    def __init__(self, path, device='cpu'):
        self.network = OnnxModule(path).to(device).eval()
        self.device = device
        self.order = [self.network.outputs.index(f'{kind}_{stride}') for stride in STRIDES for kind in ('cls', 'obj', 'bbox', 'kps')]

    @torch.no_grad()
    def detect(self, pictures, min_score=0.6):
        """Returns for each picture (height x width x 3 bytes, BGR; sizes may differ) its faces, (k, 15), highest score first."""
        height = max(-(-p.shape[0] // 32) * 32 for p in pictures)
        width = max(-(-p.shape[1] // 32) * 32 for p in pictures)
        batch = np.zeros((len(pictures), height, width, 3), np.uint8)
        for row, picture in zip(batch, pictures):
            row[:picture.shape[0], :picture.shape[1]] = picture
        planes = torch.from_numpy(batch).to(self.device).permute(0, 3, 1, 2).float()
        outputs = [o.float().cpu().numpy() for o in self.network(planes)]
        columns = [width // s for s in STRIDES]
        return [suppress(decode([[outputs[i][n] for i in self.order[4 * s:4 * s + 4]] for s in range(3)], columns, min_score))
                for n in range(len(pictures))]
