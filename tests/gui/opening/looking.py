"""Looks whether a table that was opened is shown, and shown whole."""

import numpy as np

from gui.views.dots import Dots
from tests.gui.driving import Lab


def shows_the_penguins(lab: Lab) -> bool:
    (points,) = [dots for dots in lab.items("boundary", Dots) if len(dots.places) == 4]
    drawn = sum(len(x) for x, _ in points.places)
    return (
        lab.dataset.class_names == ("Adelie", "Chinstrap")
        and lab.dataset.feature_names == ("bill_length_mm", "bill_depth_mm")
        and lab.frame.experiment.problem.dataset is lab.dataset
        and (lab.axis_label("bottom"), lab.axis_label("left")) == lab.dataset.feature_names
        and drawn == lab.dataset.m == 219
    )


def all_points_are_in_sight(lab: Lab) -> bool:
    (x_low, x_high), (y_low, y_high) = lab.box().viewRange()
    x, y = lab.dataset.X
    return bool(np.all((x_low < x) & (x < x_high) & (y_low < y) & (y < y_high)))
