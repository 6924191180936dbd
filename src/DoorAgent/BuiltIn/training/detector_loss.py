"""The loss of the detector.

A cell near the middle of a face of its stride's sizes must draw that face; a cell elsewhere in the face is free to see it
or not, but its box and landmarks are taught too, and its object score is the quality of what it draws. So a cell that is
sure of itself draws a face as it is, and the large boxes around smaller faces, which appear where nothing is taught, do
not. Whatever still draws such a box counts several times among the cells without a face.
"""

import torch
import torch.nn.functional as F

from detector_network import BOX, CLS, OBJ, POINTS, STRIDES
from detector_scenes import DOUBT, FACE

# Sizes of faces, sqrt(width x height), for which a stride is made; those of two strides overlap.
SIZES = {8: (0, 48), 16: (32, 112), 32: (80, 1e9)}
CORE = 0.22          # half the side of a face's core, in widths or heights of the face
RING_WEIGHT = 0.05   # of a cell in a face but not in its core; there are ten times as many
NEAR = 1.5           # a face of a size by this factor outside a stride's is nothing that the stride must not see
SCALE = 20.0         # errors of a twentieth of a face's size are 1


class Cells:
    """The cells of all strides of square pictures, in the order of the network's maps."""

    def __init__(self, side, device):
        places, strides, sizes = [], [], []
        for stride in STRIDES:
            count = side // stride
            rows, columns = torch.meshgrid(torch.arange(count), torch.arange(count), indexing="ij")
            places.append(torch.stack([columns, rows], -1).reshape(-1, 2).float())
            strides.append(torch.full((count * count, 1), float(stride)))
            sizes.append(torch.tensor(SIZES[stride]).expand(count * count, 2))
        self.place, self.stride, self.sizes = (torch.cat(part).to(device) for part in (places, strides, sizes))

    def values(self, maps):
        """Returns the maps as one tensor n x cells x 16 in float32."""
        return torch.cat([m.float().flatten(2).transpose(1, 2) for m in maps], 1)

    def boxes(self, values):
        """Returns middles and sizes, n x cells x 2 each, in pixels."""
        box = values[..., BOX]
        return (self.place + box[..., :2]) * self.stride, torch.exp(box[..., 2:].clamp(max=5)) * self.stride

    def points(self, values):
        """Returns landmarks, n x cells x 5 x 2, in pixels."""
        return (values[..., POINTS].unflatten(-1, (5, 2)) + self.place[:, None]) * self.stride[..., None]


@torch.no_grad()
def assign(cells, faces):
    """Finds the face of each cell.

    :param faces: n x k x 15 rows of a scene; the last value is below 0 in a row without a face.
    :returns: index of the face, and the flags core, ring and doubt, n x cells each.
    """
    middle = (faces[..., :2] + faces[..., 2:4] / 2)[:, None]
    size = faces[:, None, :, 2:4]
    area = size.prod(-1)
    extent = area.sqrt()
    kind = faces[:, None, :, -1]
    x, y = ((cells.place * cells.stride)[None, :, None] - middle).abs().unbind(-1)
    width, height = size.unbind(-1)
    stride = cells.stride[None]
    inside = (x < torch.maximum(width * 0.5, stride)) & (y < torch.maximum(height * 0.5, stride))
    core = (x <= torch.maximum(width * CORE, stride * 0.6)) & (y <= torch.maximum(height * CORE, stride * 0.6))
    low, high = cells.sizes[None, :, None, 0], cells.sizes[None, :, None, 1]
    fits = (extent >= low) & (extent < high)
    near = (extent >= low / NEAR) & (extent < high * NEAR)
    core = core & fits & (kind == FACE)
    ring = inside & near & (kind == FACE)
    doubt = (inside & (kind == DOUBT)).any(-1)
    # Of several faces a cell draws the smallest, and rather one in whose core it lies.
    cost = torch.where(core, area, torch.where(ring, area + 1e8, torch.full_like(area, 1e12)))
    face = cost.expand(-1, cells.place.shape[0], -1).argmin(-1)
    core = core.any(-1)
    return face, core, ring.any(-1) & ~core, doubt


def compare(middle, size, other_middle, other_size):
    """Computes intersection over union, its generalised form, and the part of the smaller box in the larger one."""
    low, high = middle - size / 2, middle + size / 2
    other_low, other_high = other_middle - other_size / 2, other_middle + other_size / 2
    common = (torch.minimum(high, other_high) - torch.maximum(low, other_low)).clamp(min=0).prod(-1)
    area, other_area = size.prod(-1), other_size.prod(-1)
    union = area + other_area - common
    hull = (torch.maximum(high, other_high) - torch.minimum(low, other_low)).prod(-1)
    overlap = common / union.clamp(min=1e-6)
    return overlap, overlap - (hull - union) / hull.clamp(min=1e-6), common / torch.minimum(area, other_area).clamp(min=1e-6)


@torch.no_grad()
def is_ghost(middle, size, faces):
    """Tells of each cell whether its box holds a face, or lies in one, without being that face."""
    other_size = faces[:, None, :, 2:4]
    overlap, _, held = compare(middle[:, :, None], size[:, :, None], faces[:, None, :, :2] + other_size / 2, other_size)
    present = faces[:, None, :, -1] == FACE
    return (present & (held >= 0.5)).any(-1) & ~(present & (overlap >= 0.4)).any(-1)


def alignment_error(error, points):
    """Computes what the errors of five landmarks (m x 5 x 2) do to the face's alignment and pose, m x 8: its shift, its scale
    and rotation as lengths at the landmarks' mean distance from their middle, the line of the eyes, and the nose between
    the eyes. The last two show a turned head."""
    shape = points - points.mean(1, keepdim=True)
    square = shape.square().sum((1, 2)).clamp(min=1e-6)
    radius = (square / 5).sqrt()
    scale = (error * shape).sum((1, 2)) / square * radius
    rotation = (shape[..., 0] * error[..., 1] - shape[..., 1] * error[..., 0]).sum(1) / square * radius
    eyes = error[:, 1] - error[:, 0]
    nose = error[:, 2] - (error[:, 0] + error[:, 1]) / 2
    return torch.cat([error.mean(1), scale[:, None], rotation[:, None], eyes, nose], 1)


def small_errors(error):
    """Nearly the absolute value: most of the errors are small, and they count."""
    return F.smooth_l1_loss(error * SCALE, torch.zeros_like(error), reduction="none", beta=0.2)


def loss_of(cells, maps, faces, weights):
    """Computes the loss of a batch.

    :param maps: what the network yields.
    :param faces: n x k x 15, see `assign`.
    :param weights: the settings' table `loss`.
    :returns: the loss and its parts before weighting (class, object, box, points, alignment).
    """
    values = cells.values(maps)
    middle, size = cells.boxes(values)
    face, core, ring, doubt = assign(cells, faces)
    ghost = is_ghost(middle, size, faces)
    seen = core | ring
    count = core.sum().clamp(min=1)

    target = faces.gather(1, face[..., None].expand(-1, -1, faces.shape[-1]))[seen]
    weight = torch.where(core[seen], 1.0, RING_WEIGHT)
    extent = target[:, 2:4].prod(-1).clamp(min=1).sqrt()
    overlap, generalised, _ = compare(middle[seen], size[seen], target[:, :2] + target[:, 2:4] / 2, target[:, 2:4])
    wanted = target[:, 4:14].unflatten(-1, (5, 2))
    error = (cells.points(values)[seen] - wanted) / extent[:, None, None]
    aligned = alignment_error(error, wanted)
    box = ((1 - generalised) * weight).sum() / count
    points = (small_errors(error).mean((1, 2)) * weight).sum() / count
    alignment = (small_errors(aligned).mean(1) * weight).sum() / count

    quality = torch.zeros_like(values[..., OBJ])
    # The cell that draws the landmarks best is to win over its neighbours.
    distance = error.detach().square().sum(-1).sqrt().mean(-1)
    quality[seen] = overlap.detach().clamp(min=0) * torch.exp(-2 * distance)
    negative = torch.where(ghost & ~core, weights["ghost"], 1.0)
    object_weight = torch.where(core, 1.0, torch.where(ring, 0.1, 0.25)) * negative * ~doubt
    objects = (F.binary_cross_entropy_with_logits(values[..., OBJ], quality, reduction="none") * object_weight).sum() / count

    label = core.float()
    cross = F.binary_cross_entropy_with_logits(values[..., CLS], label, reduction="none")
    miss = (label - torch.sigmoid(values[..., CLS])).abs()
    # A ring cell is free, unless what it draws is a ghost.
    class_weight = torch.where(core, 0.75, 0.25 * negative) * ~((ring & ~ghost) | doubt & ~core)
    classes = (cross * miss ** 2 * class_weight).sum() / count

    parts = torch.stack([classes, objects, box, points, alignment])
    factors = [weights[k] for k in ("class", "object", "box", "points", "alignment")]
    return (parts * torch.tensor(factors, device=parts.device)).sum(), parts.detach()
