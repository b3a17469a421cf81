"""Trained weights as files that other programs read, and back again to the last bit.

Adding a format is adding one record to `WEIGHT_FORMATS`.
"""

from engine.files.weights.description import FORMAT
from engine.files.weights.formats import (
    READABLE_FORMATS,
    WEIGHT_FORMATS,
    WeightFormat,
    check_writable,
    load_weights,
    save_weights,
)
from engine.files.weights.program import python_source
from engine.files.weights.trained import Weights

__all__ = [
    "FORMAT",
    "READABLE_FORMATS",
    "WEIGHT_FORMATS",
    "WeightFormat",
    "Weights",
    "check_writable",
    "load_weights",
    "python_source",
    "save_weights",
]
