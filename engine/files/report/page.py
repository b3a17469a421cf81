"""The page as a whole: one file that needs no network and no program, light or dark as its reader likes, and prints."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from pathlib import Path

from engine.files.atomic import write_atomically
from engine.files.report import sections
from engine.files.report.markup import paragraph, section
from engine.files.report.style import style
from engine.training.commands import Frame

NOTHING_MORE = sections.Again()
MONTHS = (  # as the page is in English, whatever the reader's language is
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


@dataclass(frozen=True)
class Drawn:
    """A picture of a view, in both looks, as addresses that hold the whole picture."""

    title: str
    words: str
    """What it shows, for whoever cannot see it."""
    light: str
    dark: str
    width: int
    height: int


@dataclass(frozen=True, eq=False)
class Report:
    """All that goes into a report."""

    frame: Frame
    pictures: Sequence[Drawn]
    colours: tuple[Mapping[str, str], Mapping[str, str]]
    """Names of colours and their values, in the light and in the dark look."""
    made_on: date
    threshold: float = 0.5
    source: str = ""
    """Where the points came from, in a sentence."""
    again: sections.Again = NOTHING_MORE
    """How the run is made once more."""


def save_report(path: Path, report: Report) -> None:
    """Write the page. Raises FileError."""
    write_atomically(path, lambda file: file.write(report_page(report).encode("utf-8", "replace")))


def report_page(report: Report) -> str:
    """Return the page, HTML."""
    frame = report.frame
    dataset, network = frame.experiment.problem.dataset, frame.experiment.network
    zero, one = dataset.class_names
    lead = (
        f"{network.description[:1].upper()}{network.description[1:]}, trained for {frame.state.iteration:,} iterations "
        f"to tell {zero} from {one}. {frame.notice}"
    ).rstrip()
    day = f"{report.made_on.day} {MONTHS[report.made_on.month - 1]} {report.made_on.year}"
    body = [
        f"<header><h1>{escape(dataset.title)}</h1>",
        paragraph(lead, "lead"),
        paragraph(f"Descent Lab, {day}", "note"),
        sections.result(frame),
        "</header>",
        _pictures(report.pictures),
        sections.metrics(frame, report.threshold),
        sections.data(frame, report.source),
        sections.settings(frame),
        sections.changes(frame),
        sections.weights(frame),
        sections.reproduction(report.again),
    ]
    return "\n".join(
        [
            "<!DOCTYPE html>",
            '<html lang="en">',
            "<head>",
            '<meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            '<meta name="color-scheme" content="light dark">',
            f"<title>{escape(dataset.title)}: a report of Descent Lab</title>",
            f"<style>{style(*report.colours)}</style>",
            "</head>",
            "<body><main>",
            *filter(None, body),
            "</main></body>",
            "</html>",
            "",
        ]
    )


def _pictures(pictures: Sequence[Drawn]) -> str:
    made = []
    for each in pictures:
        words = escape(each.words, quote=True)
        made.append(
            f"<figure><figcaption>{escape(each.title)}</figcaption><picture>"
            f'<source media="screen and (prefers-color-scheme: dark)" srcset="{each.dark}">'
            f'<img src="{each.light}" width="{each.width}" height="{each.height}" alt="{words}"></picture></figure>'
        )
    return section("pictures", "Pictures", f'<div class="pictures">{"".join(made)}</div>' if made else "")
