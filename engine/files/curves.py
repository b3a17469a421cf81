"""The curve of a run as a table."""

import csv
import io
from pathlib import Path
from typing import BinaryIO

from engine.files.atomic import write_atomically
from engine.training.history import COLUMNS, Curve


def save_curve(path: Path, curve: Curve) -> None:
    """Write one line for each iteration kept, CSV with a header; missing test scores are left empty.

    Raises FileError.
    """

    def write(file: BinaryIO) -> None:
        text = io.TextIOWrapper(file, encoding="utf-8", newline="")
        lines = csv.writer(text, lineterminator="\n")
        lines.writerow(COLUMNS)
        for iteration, *scores in curve.rows.tolist():
            lines.writerow([int(iteration), *("" if score != score else repr(score) for score in scores)])
        text.detach()

    write_atomically(path, write)
