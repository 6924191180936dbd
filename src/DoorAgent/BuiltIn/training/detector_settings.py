"""The detector's settings: the table `detector` of a settings file."""

import os
import tomllib

from needs import need_files


def load_settings(path=None):
    """Returns the table. Without a path the file beside this one is read."""
    here = os.path.dirname(os.path.abspath(__file__))
    need_files([path] if path else [], "--settings names a file such as settings-detector.toml.")
    with open(path or os.path.join(here, "settings-detector.toml"), "rb") as file:
        return tomllib.load(file)["detector"]
