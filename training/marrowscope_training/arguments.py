"""What several commands ask for on the command line."""

import argparse
import os
from pathlib import Path


def add_data(parser: argparse.ArgumentParser) -> None:
    """--data, the folder of the labelled images; MARROWSCOPE_DATA where it is not given."""
    parser.add_argument("--data", type=Path, default=os.environ.get("MARROWSCOPE_DATA"))


def data_of(parser: argparse.ArgumentParser, arguments: argparse.Namespace) -> Path:
    """That folder; where nothing names one the command ends and says how to."""
    if arguments.data is None:
        parser.error("say where the labelled images lie: --data or the environment variable MARROWSCOPE_DATA")
    return arguments.data
