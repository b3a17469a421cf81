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
        default=usual.theme,
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
        default=str(usual.scale),
        help=f"{SCALE.help} In {SCALE.range}. Without it: {usual.scale}.",
    )
    parser.add_argument("--plot-transparent", action="store_true", help="Leave the ground of plots out.")


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
    """Return how plots are to be drawn. Raises SettingError."""
    size = given["plot_size"]
    return PlotStyle(
        given["plot_theme"],
        None if size is None else size_in("--plot-size", size),
        int(SCALE.parse("--plot-scale", given["plot_scale"])),
        given["plot_transparent"],
    )


def names_and_titles(titles: Mapping[str, str]) -> str:
    """Return the names of the views, and what the window calls those that have another name there."""
    return ", ".join(
        name if title.lower() == name.lower() else f"{name} ({title})" for name, title in titles.items()
    )
