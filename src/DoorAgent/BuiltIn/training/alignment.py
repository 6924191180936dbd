"""Aligned faces: the least-squares similarity transform of five landmarks to a template, and one bilinear warp.

The product's rule (src/DoorAgent/Faces/FaceAligner.cs, Encodings/AlignedPacker.cs): pixel centres at whole numbers, one warp straight
from the picture. Landmarks: right eye, left eye, nose, right mouth corner, left mouth corner, as the person has them.
"""
import cv2
import numpy as np

# Positions in 112 x 112 (the usual template of face encoders).
TEMPLATE_112 = np.array([[38.2946, 51.6963], [73.5318, 51.5014], [56.0252, 71.7366], [41.5493, 92.3655], [70.7299, 92.2041]])
# Positions in 128 x 128 of face-reidentification-retail-0095, as its publisher gives them.
TEMPLATE_0095 = np.array([[40.392, 59.0815], [87.376, 59.0815], [64.034, 81.985], [44.732, 105.561], [83.640, 105.561]])
SIDE = 96
TEMPLATE = TEMPLATE_112 * SIDE / 112


def similarity(landmarks, template):
    """Returns the 2 x 3 matrix (turn, scale, shift; no mirroring) that maps `landmarks` (5 x 2) to `template` with the least squared
    error (Umeyama 1991, in the plane)."""
    p, q = np.asarray(landmarks, np.float64), np.asarray(template, np.float64)
    mp, mq = p.mean(0), q.mean(0)
    p, q = p - mp, q - mq
    length = (p ** 2).sum()
    a, b = (p * q).sum() / length, (p[:, 0] * q[:, 1] - p[:, 1] * q[:, 0]).sum() / length
    turn = np.array([[a, -b], [b, a]])
    return np.concatenate([turn, (mq - turn @ mp)[:, None]], 1)


def warp(picture, landmarks, template, side, margin=0, border=cv2.BORDER_REFLECT_101):
    """Returns the aligned face, (side + 2 margin) squared x 3 bytes in the picture's channel order.

    Training mirrors the picture at its edge (`border`); the product has black there, see `measure.py`."""
    size = side + 2 * margin
    return cv2.warpAffine(picture, similarity(landmarks, np.asarray(template) + margin), (size, size), flags=cv2.INTER_LINEAR,
                          borderMode=border)
