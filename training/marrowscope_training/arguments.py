"""What several commands ask for on the command line."""

import argparse
import os
from pathlib import Path


def add_data(parser: argparse.ArgumentParser) -> None:
    """--data, the folder of the labelled images; MARROWSCOPE_DATA where it is not given."""
    parser.add_argument("--data", type=Path, default=os.environ.get("MARROWSCOPE_DATA"))


def add_models(parser: argparse.ArgumentParser) -> None:
    """--models, the folder with an exported recogniser."""
    parser.add_argument("--models", type=Path, default=Path("models"))


def add_threads(parser: argparse.ArgumentParser, default: int | None = 2) -> None:
    parser.add_argument("--threads", type=int, default=default, help="processor threads of PyTorch")


def data_of(parser: argparse.ArgumentParser, arguments: argparse.Namespace) -> Path:
    """That folder; where nothing names one the command ends and says how to."""
    if arguments.data is None:
        parser.error("say where the labelled images lie: --data or the environment variable MARROWSCOPE_DATA")
    return arguments.data
