"""Says in one sentence what a step lacks and what makes it, and ends the program. Python's standard library only."""
import argparse
import os
import re
import sys

TEACHERS = ('yunet_n_dynamic.onnx', 'mobilefacenet-foamliu.onnx', 'face-reidentification-retail-0095.onnx')


def need(there, sentence):
    """Ends the program with the sentence unless `there` is true."""
    if not there:
        sys.exit(sentence)


def need_files(paths, hint):
    """Ends the program unless all files are there; `hint` says where they come from."""
    missing = [path for path in paths if not os.path.isfile(path)]
    need(not missing, f'There is no {", ".join(missing)}: {hint}')


def need_folder(path, hint):
    """Ends the program unless the folder is there; `hint` says where it comes from."""
    need(os.path.isdir(path), f'There is no folder {path}: {hint}')


def need_teachers(step, models, names=TEACHERS):
    """Ends the program unless the folder `models` is named and holds these teachers."""
    need(models, f'The step {step} needs --models DIR, the folder of {", ".join(names)}.')
    need_files([os.path.join(models, name) for name in names],
               '--models names the folder of the teachers; "dooragent models show ID" says where each comes from.')


def clock(text):
    """Checks an argument that is a time of day, HH:MM, and returns it."""
    if not re.fullmatch(r'([01]?\d|2[0-3]):[0-5]\d', text):
        raise argparse.ArgumentTypeError(f'{text} is not a time of day (HH:MM)')
    return text
