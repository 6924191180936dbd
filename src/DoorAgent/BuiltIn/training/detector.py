"""Trains the built-in face detector on made scenes.

    python3 detector.py CHECKPOINT SET.npz... (--steps N | --until HH:MM) [--start DETECTOR.onnx] [--device cuda]

The sets are files that `recipe.py detector-faces` writes. A run is resumed where CHECKPOINT says; `--until`, in UTC, lets the learning rate
follow the clock. `python3 detector.py CHECKPOINT --export OUT.onnx` writes the averaged weights.
"""

import argparse
import copy
import datetime
import math
import multiprocessing
import os
import time

import cv2
import numpy as np
import torch

import detector_file
from detector_labels import MIRRORED
from detector_loss import Cells, loss_of
from detector_network import DetectorNetwork
from detector_scenes import DOUBT, ROW, Pictures, SceneMaker
from detector_settings import load_settings
from needs import clock, need_files, need_folder

PARTS = ("class", "object", "box", "points", "alignment")


class Scenes:
    """Batches of scenes. Processes make new ones, and each is used several times, cut and mirrored anew. Which scenes a
    batch holds follows from the seed alone."""

    def __init__(self, pictures, settings, seed, workers):
        self.settings, self.random = settings, np.random.default_rng(seed)
        self.pool = []
        context = multiprocessing.get_context("fork")
        self.queues = [context.Queue(4) for _ in range(workers)]
        for number, queue in enumerate(self.queues):
            context.Process(target=self._work, args=(queue, pictures, [seed, number]), daemon=True).start()
        self.turn = 0

    def _work(self, queue, pictures, seed):
        torch.set_num_threads(1)
        cv2.setNumThreads(1)
        os.nice(5)
        maker = SceneMaker(pictures, self.settings["scenes"], seed)
        while True:
            queue.put([maker.make() for _ in range(self.settings["fresh"])])

    def batch(self):
        """Returns pixels, n x 3 x side x side bytes, and faces, n x most_faces x 15."""
        count = self.settings["batch"]
        fresh = self._next()
        while len(self.pool) + len(fresh) < count:
            fresh += self._next()
        chosen = self.random.choice(len(self.pool), max(0, count - len(fresh)), replace=False) if self.pool else []
        cut = [self._cut(scene) for scene in (fresh + [self.pool[i] for i in chosen])[:count]]
        for scene in fresh:
            if len(self.pool) < self.settings["pool"]:
                self.pool.append(scene)
            else:
                self.pool[self.random.integers(len(self.pool))] = scene
        pixels = torch.from_numpy(np.stack([pixels for pixels, _ in cut])).permute(0, 3, 1, 2)
        return pixels, torch.from_numpy(np.stack([faces for _, faces in cut]))

    def _next(self):
        self.turn = (self.turn + 1) % len(self.queues)
        return self.queues[self.turn].get()

    def _cut(self, scene):
        pixels, rows = scene
        settings, side = self.settings["scenes"], self.settings["scenes"]["side"]
        x, y = self.random.integers(0, settings["margin"] + 1, 2)
        pixels = pixels[y:y + side, x:x + side]
        faces = np.full((settings["most_faces"], ROW), -1, np.float32)
        rows = rows.copy()
        rows[:, [0, 4, 6, 8, 10, 12]] -= x
        rows[:, [1, 5, 7, 9, 11, 13]] -= y
        if self.random.random() < 0.5:
            pixels = pixels[:, ::-1]
            rows[:, 0] = side - 1 - rows[:, 0] - rows[:, 2]
            points = rows[:, 4:14].reshape(-1, 5, 2)[:, MIRRORED]
            points[..., 0] = side - 1 - points[..., 0]
            rows[:, 4:14] = points.reshape(-1, 10)
        middle = rows[:, :2] + rows[:, 2:4] / 2
        rows[((middle < 0) | (middle >= side)).any(1), -1] = DOUBT
        faces[:len(rows)] = rows
        return np.ascontiguousarray(pixels), faces


class Progress:
    """How much of a run is done, 0 to 1: of its steps, or of the time until its end."""

    def __init__(self, steps, until, done):
        self.steps, self.done, self.begin = steps, done, time.time()
        self.end = until and seconds_until(until) + self.begin

    def at(self, step):
        if self.steps:
            return min(1.0, step / self.steps)
        return min(1.0, self.done + (1 - self.done) * (time.time() - self.begin) / (self.end - self.begin))


def seconds_until(clock):
    """Returns the seconds until a time of the day, HH:MM in UTC."""
    now = datetime.datetime.now(datetime.timezone.utc)
    hour, minute = map(int, clock.split(":"))
    end = now.replace(hour=hour, minute=minute, second=0, microsecond=0)
    return ((end - now).total_seconds() + 86400) % 86400


class Training:
    """The network, its averaged copy, the optimiser, and where the run stands."""

    def __init__(self, settings, device):
        self.settings, self.device = settings, device
        torch.manual_seed(settings["seed"])
        self.network = DetectorNetwork().to(device)
        self.step, self.folded, self.since_start, self.progress = 0, False, 0, 0.0
        self._prepare()

    def _prepare(self):
        self.network.to(memory_format=torch.channels_last)
        self.averaged = copy.deepcopy(self.network).eval()
        self.optimiser = torch.optim.AdamW(self.network.parameters(), self.settings["rate"], weight_decay=0.01)
        self.since_start = 0

    def start_from(self, path, pixels):
        """Takes the weights of a detector file; a batch of scenes gives the statistics of the normalisations."""
        detector_file.read(self.network, path)
        detector_file.calibrate(self.network, pixels.to(self.device).float())
        self._prepare()

    def fold(self):
        """Goes on without normalisations, which is faster and computes as the finished network does."""
        self.network.load_state_dict(self.averaged.state_dict())
        self.network.fold()
        self.folded = True
        self._prepare()

    def learn(self, cells, pixels, faces):
        """Does a step; returns the parts of the loss."""
        self.network.train()
        pixels = pixels.to(self.device).float().contiguous(memory_format=torch.channels_last)
        with torch.autocast(self.device, dtype=torch.bfloat16, enabled=self.settings["bfloat16"]):
            maps = self.network(pixels)
        loss, parts = loss_of(cells, maps, faces.to(self.device), self.settings["loss"])
        warm = min(1.0, (self.since_start + 1) / self.settings["warm_steps"])
        low, high = self.settings["last_rate"], self.settings["rate"]
        for group in self.optimiser.param_groups:
            group["lr"] = warm * (low + (high - low) * 0.5 * (1 + math.cos(math.pi * self.progress)))
        self.optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), 10.0)
        self.optimiser.step()
        self.step, self.since_start = self.step + 1, self.since_start + 1
        self._average()
        return parts

    @torch.no_grad()
    def _average(self):
        decay = min(self.settings["average"], (self.since_start + 1) / (self.since_start + 10))
        for mean, new in zip(self.averaged.state_dict().values(), self.network.state_dict().values()):
            if mean.is_floating_point():
                mean.lerp_(new, 1 - decay)
            else:
                mean.copy_(new)

    def save(self, path):
        state = {"network": self.network.state_dict(), "averaged": self.averaged.state_dict(),
                 "optimiser": self.optimiser.state_dict(), "step": self.step, "folded": self.folded,
                 "since_start": self.since_start, "progress": self.progress}
        torch.save(state, path + ".part")
        os.replace(path + ".part", path)

    def load(self, path):
        state = torch.load(path, map_location=self.device)
        if state["folded"] and not self.folded:
            self.fold()
        self.network.load_state_dict(state["network"])
        self.averaged.load_state_dict(state["averaged"])
        self.optimiser.load_state_dict(state["optimiser"])
        self.step, self.since_start, self.progress = state["step"], state["since_start"], state["progress"]


def run(training, scenes, progress, checkpoint):
    """Trains until the end and saves on the way."""
    settings = training.settings
    cells = Cells(settings["scenes"]["side"], training.device)
    begin, saved, first, mean = time.time(), time.time(), training.step, None
    while (done := progress.at(training.step)) < 1:
        training.progress = done
        if done >= settings["fold_at"] and not training.folded:
            training.fold()
        parts = training.learn(cells, *scenes.batch())
        mean = parts if mean is None else mean.lerp(parts, 0.02)
        if training.step % 50 == 0:
            speed = (training.step - first) * settings["batch"] / (time.time() - begin)
            named = " ".join(f"{name} {value:.4f}" for name, value in zip(PARTS, mean.tolist()))
            print(f"step {training.step} done {done:.3f} {named} {speed:.0f} scenes/s", flush=True)
        if time.time() - saved > settings["save_seconds"]:
            training.save(checkpoint)
            saved = time.time()
    training.progress = 1.0
    training.save(checkpoint)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("checkpoint")
    parser.add_argument("sets", nargs="*")
    parser.add_argument("--steps", type=int)
    parser.add_argument("--until", type=clock, help="HH:MM (UTC) at which the training ends")
    parser.add_argument("--start", help="a detector file whose weights are the first ones")
    parser.add_argument("--export", help="writes the averaged weights to this file and ends")
    parser.add_argument("--settings")
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--workers", type=int, default=1)
    options = parser.parse_args()
    if options.export:
        need_files([options.checkpoint], "train the detector first (detector.py CHECKPOINT SET.npz... --until HH:MM).")
    elif not options.sets or not (options.steps or options.until):
        parser.error("sets, and --steps or --until, are needed")
    else:
        need_files(options.sets, "recipe.py detector-faces makes the sets, W/detector/*.npz.")
        need_files([options.start] if options.start else [], "--start names a detector file, such as one of ../models.")
        need_folder(os.path.dirname(options.checkpoint) or ".", "the checkpoint would be written there.")
    settings = load_settings(options.settings)
    torch.set_num_threads(max(1, (os.cpu_count() or 1) - options.workers) if options.device == "cpu" else 1)
    if options.export:
        training = Training(settings, options.device)
        training.load(options.checkpoint)
        os.makedirs(os.path.dirname(options.export) or ".", exist_ok=True)
        detector_file.write(training.averaged, options.export)
        return
    exists = os.path.exists(options.checkpoint)
    done = torch.load(options.checkpoint, map_location="cpu")["step"] if exists else 0
    pictures = Pictures(options.sets, settings["scenes"], settings["labels"]["face_score"])
    # The processes begin before CUDA does, which cannot be forked.
    scenes = Scenes(pictures, settings, settings["seed"] + done, options.workers)
    training = Training(settings, options.device)
    if exists:
        training.load(options.checkpoint)
    elif options.start:
        training.start_from(options.start, scenes.batch()[0])
    run(training, scenes, Progress(options.steps, options.until, training.progress), options.checkpoint)


if __name__ == "__main__":
    main()
