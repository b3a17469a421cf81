"""Tables and other parts of a page. All words are escaped here, and nowhere else."""

import math
from collections.abc import Iterable, Sequence
from html import escape

NOTHING = "–"


def number(value: float, digits: int = 6) -> str:
    """Return a number in so many digits, or a dash where there is none."""
    if math.isnan(value):
        return NOTHING
    return f"{value:.{digits}g}".replace("-", "−").replace("inf", "∞")


def percent(share: float) -> str:
    """Return a share as per cent, or a dash where there is none."""
    return NOTHING if math.isnan(share) else f"{share:.1%}"


def table(
    head: Sequence[str],
    rows: Iterable[Sequence[str]],
    words: int = 1,
    marked: Sequence[bool] = (),
    caption: str = "",
) -> str:
    """Return a table of texts; the first `words` columns are words, and the others numbers. Some rows may be marked."""
    kinds = ["" if place < words else ' class="number"' for place in range(len(head))]
    lines = ["<table>"]
    if caption:
        lines.append(f"<caption>{escape(caption)}</caption>")
    cells = "".join(
        f'<th scope="col"{kind}>{escape(text)}</th>' for kind, text in zip(kinds, head, strict=True)
    )
    lines.append(f"<thead><tr>{cells}</tr></thead><tbody>")
    for place, row in enumerate(rows):
        first, *others = row
        cells = f'<th scope="row">{escape(first)}</th>' + "".join(
            f"<td{kind}>{escape(text)}</td>" for kind, text in zip(kinds[1:], others, strict=True)
        )
        is_marked = place < len(marked) and marked[place]
        lines.append(f'<tr class="marked">{cells}</tr>' if is_marked else f"<tr>{cells}</tr>")
    return "".join([*lines, "</tbody></table>"])


def wide(inner: str) -> str:
    """Return a part that may be wider than the page, and then scrolls by itself."""
    return f'<div class="wide">{inner}</div>'


def folded(title: str, inner: str, when: bool = True) -> str:
    """Return a part behind its title, to be opened; as it is where it is not to be folded."""
    return f"<details><summary>{escape(title)}</summary>{inner}</details>" if when else inner


def section(name: str, title: str, *parts: str) -> str:
    """Return a section with a heading, or nothing where it has no parts."""
    inner = "\n".join(filter(None, parts))
    return f'<section id="{name}">\n<h2>{escape(title)}</h2>\n{inner}\n</section>' if inner else ""


def paragraph(text: str, kind: str = "") -> str:
    """Return words as a paragraph."""
    return f'<p class="{kind}">{escape(text)}</p>' if kind else f"<p>{escape(text)}</p>"


def listed(texts: Iterable[str]) -> str:
    """Return texts as a list."""
    return "<ul>" + "".join(f"<li>{escape(text)}</li>" for text in texts) + "</ul>"


def code(text: str) -> str:
    """Return a program, or a line to be typed."""
    return f'<pre tabindex="0"><code>{escape(text)}</code></pre>'
