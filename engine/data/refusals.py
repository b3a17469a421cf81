"""Why a cell is no number, in words that say what to do about it."""

import re

from engine.data.rows import looks_numeric, short

DATE = re.compile(r"\d{4}-\d\d?-\d\d?\b|\d\d?[./]\d\d?[./]\d{2,4}\b")


def why_refused(cell: str, comma: bool) -> str:
    """Return what is wrong with a cell of a table whose decimals may have a comma."""
    what = f"{short(cell)!r} is not a number" if cell else "the cell is empty"
    advice = f"every point needs a number, such as {'39,1' if comma else '39.1'} or -2e3"
    if cell.startswith("#"):
        what, advice = f"the cell holds the error {short(cell)}", "mend its formula, or leave the column out"
    elif cell.startswith("="):
        what = f"{short(cell)!r} is a formula without a stored value"
        advice = "open the file in a spreadsheet program and save it there"
    elif DATE.match(cell):
        what, advice = f"{short(cell)!r} is a date", "every point needs a number, such as a count of days"
    elif looks_numeric(cell):
        if "_" in cell:
            advice = "write it without the underscore"
        elif comma and "." in cell:
            advice = "the decimals of this table have commas, so a point cannot be read"
        elif "," in cell and not comma:
            advice = f"decimals need a point, as in {short(cell).replace(',', '.')}"
        else:
            what = f"{short(cell)!r} is not a finite number"
    return f"{what}; {advice}."
