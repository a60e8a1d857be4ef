"""Command-line options that several commands share."""

import argparse
import os
from pathlib import Path


def add_data(parser: argparse.ArgumentParser) -> None:
    """--data, the folder of the labelled images. Default: MARROWSCOPE_DATA."""
    parser.add_argument(
        "--data",
        type=Path,
        default=os.environ.get("MARROWSCOPE_DATA"),
        help="folder of the labelled images (default: MARROWSCOPE_DATA)",
    )


def add_models(parser: argparse.ArgumentParser) -> None:
    """--models, the folder with an exported recogniser."""
    parser.add_argument(
        "--models", type=Path, default=Path("models"), help="folder of the exported recogniser"
    )


def add_threads(parser: argparse.ArgumentParser, default: int | None = 2) -> None:
    parser.add_argument("--threads", type=int, default=default, help="processor threads of PyTorch")


def data_of(parser: argparse.ArgumentParser, arguments: argparse.Namespace) -> Path:
    """The folder of the labelled images. Ends the command with a message where none is given."""
    if arguments.data is None:
        parser.error("say where the labelled images are: --data or the environment variable MARROWSCOPE_DATA")
    return arguments.data
