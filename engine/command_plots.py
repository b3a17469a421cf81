"""The options of plots: how they are read and checked."""

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from engine.command_parser import UsageError
from engine.files.plots import SCALE, UNITS, PlotStyle, size_in


def add_plots(parser: argparse.ArgumentParser) -> None:
    """Add the options that name plots and say how they look."""
    usual = PlotStyle()
    parser.add_argument(
        "--export-plot",
        metavar="VIEW=FILE",
        action="append",
        default=[],
        help="Save a plot as .png, .svg or .pdf, or the data behind it as .csv. VIEW is boundary, cost or another "
        "that `main.py train --list` names.",
    )
    parser.add_argument(
        "--plot-theme",
        metavar="NAME",
        help=f"The colours of plots: light, dark, or print, which needs none. Without it: {usual.theme}.",
    )
    ranges = " or ".join(unit.range for unit in UNITS.values())
    parser.add_argument(
        "--plot-size",
        metavar="WxH",
        help=f"The size of plots, such as 640x480 or 85x64mm, each side in {ranges}. Without it each view has its own.",
    )
    parser.add_argument(
        "--plot-scale",
        metavar="N",
        help=f"{SCALE.help} In {SCALE.range}. Without it: {usual.scale}.",
    )
    parser.add_argument("--plot-transparent", action="store_true", help="Leave the ground of plots out.")
    words = "Say below each plot of a view which iteration it shows, and how good the network is then."
    parser.add_argument("--plot-caption", action="store_true", help=words)


def plots_of(given: dict[str, Any]) -> tuple[tuple[str, Path], ...]:
    """Return the views that are to be saved, and where. Raises UsageError."""
    plots = []
    for text in given["export_plot"]:
        view, equals, file = text.partition("=")
        if not (view and equals and file):
            raise UsageError(f"--export-plot {text!r} must be VIEW=FILE, such as boundary=boundary.png.")
        plots.append((view, Path(file)))
    return tuple(plots)


def style_of(given: dict[str, Any]) -> PlotStyle:
    """Return how plots are to be drawn. Raises UsageError or SettingError."""
    usual, size, scale = PlotStyle(), given["plot_size"], given["plot_scale"]
    for name in ("theme", "size", "scale", "transparent", "caption"):
        if given[f"plot_{name}"] and not given["export_plot"]:
            raise UsageError(f"--plot-{name} does nothing without --export-plot.")
    return PlotStyle(
        given["plot_theme"] or usual.theme,
        None if size is None else size_in("--plot-size", size),
        usual.scale if scale is None else int(SCALE.parse("--plot-scale", scale)),
        given["plot_transparent"],
        given["plot_caption"],
    )


def names_and_titles(titles: Mapping[str, str]) -> str:
    """Return the names of the views, and what the window calls those that have another name there."""
    return ", ".join(
        name if title.lower() == name.lower() else f"{name} ({title})" for name, title in titles.items()
    )
