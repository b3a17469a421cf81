"""Spreadsheets written by real writers are read cell by cell, and what is wrong is named by sheet and cell."""

import datetime
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

from engine.data.dataset import DataError
from engine.data.sheet_scan import scan
from engine.data.tables import read_table

Rows = Sequence[Sequence[Any]]
Writer = Callable[[Path, dict[str, Rows]], None]


def write_xlsx(path: Path, sheets: dict[str, Rows]) -> None:
    """Write sheets as Excel does."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)


def write_ods(path: Path, sheets: dict[str, Rows]) -> None:
    """Write sheets as LibreOffice does."""
    document = OpenDocumentSpreadsheet()
    for name, rows in sheets.items():
        table = Table(name=name)
        document.spreadsheet.addElement(table)
        for row in rows:
            line = TableRow()
            table.addElement(line)
            for value in row:
                line.addElement(ods_cell(value))
    document.save(path)


def ods_cell(value: Any) -> TableCell:
    """Return a cell that holds a value."""
    if value is None:
        return TableCell()
    if isinstance(value, bool):
        return TableCell(valuetype="boolean", booleanvalue=str(value).lower())
    if isinstance(value, int | float):
        return TableCell(valuetype="float", value=repr(value))
    if isinstance(value, datetime.date):
        return TableCell(valuetype="date", datevalue=value.isoformat())
    cell = TableCell(valuetype="string")
    cell.addElement(P(text=value))
    return cell


@pytest.fixture(params=[".xlsx", ".ods"])
def write(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[..., Path]:
    """A function that writes a sheet, or several by name, and returns the path."""

    def written(*rows: Sequence[Any], **sheets: Rows) -> Path:
        path = tmp_path / f"points{request.param}"
        WRITERS[request.param](path, sheets or {"Data": rows})
        return path

    return written


WRITERS: dict[str, Writer] = {".xlsx": write_xlsx, ".ods": write_ods}
TABLE = (("a", "b", "kind"), (0.1, 2, "x"), (1e-300, -4.5, "y"))


def refusal(path: Path, **chosen: Any) -> str:
    """Return the sentence with which a file is refused, without the file's name."""
    with pytest.raises(DataError) as caught:
        read_table(path, **chosen)
    return str(caught.value).removeprefix(f"{path.name}: ")


def test_a_sheet_is_read_to_the_last_bit(write: Callable[..., Path]) -> None:
    dataset = read_table(write(*TABLE))
    assert dataset.X.tolist() == [[0.1, 1e-300], [2.0, -4.5]]
    assert (dataset.feature_names, dataset.class_names) == (("a", "b"), ("x", "y"))
    assert (dataset.title, dataset.notes) == ("points", ())


def test_numbers_may_be_stored_as_text_and_labels_be_truths(write: Callable[..., Path]) -> None:
    dataset = read_table(write(("a", "b", "k"), ("1.5", " 2 ", True), (3, "4", False)))
    assert dataset.X.tolist() == [[1.5, 3.0], [2.0, 4.0]]
    assert dataset.class_names == ("FALSE", "TRUE")


def test_a_table_may_begin_anywhere_and_have_empty_rows(write: Callable[..., Path]) -> None:
    path = write(
        (None,), (None,), *((None, *row) for row in TABLE), (None,), (None, 7, 8, "x"), (None, 9, "?!", "x")
    )
    assert refusal(path).startswith("sheet Data, cell C8: '?!' is not a number;")
    assert read_table(path, columns=("a",), label="kind").X.tolist() == [[0.1, 1e-300, 7.0, 9.0]]


def test_the_first_sheet_that_holds_something_is_taken_and_told(write: Callable[..., Path]) -> None:
    dataset = read_table(write(**{"Notes": (), "Birds": TABLE, "More": (("z",),)}))
    assert dataset.m == 2
    assert dataset.notes == ("sheet Birds of Notes, Birds, More",)


def test_a_gap_and_a_date_are_named_by_their_cell(write: Callable[..., Path]) -> None:
    assert refusal(write(*TABLE, (None, 1, "x"))).startswith("sheet Data, cell A4: the cell is empty;")
    path = write(*TABLE, (1, datetime.date(2024, 1, 5), "x"))
    assert refusal(path).startswith("sheet Data, cell B4: '2024-01-05' is a date;")
    assert read_table(write(*TABLE, (None, 1, "x")), gaps="skip").m == 2


def test_a_sheet_that_is_too_small_is_refused(write: Callable[..., Path]) -> None:
    assert refusal(write(("a",), (1,))) == (
        "sheet Data, row 1: the number of columns is 1; one of numbers and one of labels are needed."
    )
    assert refusal(write(TABLE[0])) == "there is a header but no points below it."
    assert refusal(write()) == ("every sheet is empty; one must hold a column of numbers and one of labels.")


@pytest.mark.parametrize("ending", WRITERS)
@pytest.mark.parametrize("content", [b"", b"PK\3\4 and then nothing", b"a,b,k\n1,2,x\n"])
def test_what_is_no_sheet_is_refused(tmp_path: Path, ending: str, content: bytes) -> None:
    path = tmp_path / f"points{ending}"
    path.write_bytes(content)
    assert refusal(path) == "the file is damaged, or not the spreadsheet that its ending says."


@pytest.mark.parametrize("ending", WRITERS)
def test_a_broken_zip_is_refused_wherever_it_breaks(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"points{ending}"
    WRITERS[ending](path, {"Data": TABLE})
    whole = path.read_bytes()
    for share in range(1, 10):
        path.write_bytes(whole[: len(whole) * share // 10])
        assert "damaged" in refusal(path)
    path.write_bytes(whole[: len(whole) // 3] + b"\0" * 64 + whole[len(whole) // 3 + 64 :])
    try:
        assert read_table(path).m == 2  # the bytes were of no consequence
    except DataError as error:
        assert "damaged" in str(error)


PROTECTED = "the file is protected by a password; save it without one."


def test_a_sheet_behind_a_password_is_refused_as_such(tmp_path: Path) -> None:
    path = tmp_path / "points.xlsx"
    begins = bytes.fromhex("d0cf11e0a1b11ae1")
    path.write_bytes(begins + bytes(1000) + "EncryptedPackage".encode("utf-16-le") + bytes(1000))
    assert refusal(path) == PROTECTED
    path.write_bytes(begins + bytes(2000))  # as a sheet of before 2007 is
    assert refusal(path) == "the file is damaged, or not the spreadsheet that its ending says."
    path = tmp_path / "points.ods"
    write_ods(path, {"Data": TABLE})
    edit(path, "META-INF/manifest.xml", "</manifest:manifest>", "<encryption-data/></manifest:manifest>")
    edit(path, "content.xml", "<?xml", "no text at all")
    assert refusal(path) == PROTECTED


def test_errors_and_formulas_of_excel(tmp_path: Path) -> None:
    path = tmp_path / "points.xlsx"
    write_xlsx(path, {"Data": (*TABLE, (1, "#DIV/0!", "x"))})
    assert refusal(path) == (
        "sheet Data, cell B4: the cell holds the error #DIV/0!; mend its formula, or leave the column out."
    )
    assert "#DIV/0!" in refusal(path, gaps="skip")
    write_xlsx(path, {"Data": (*TABLE, (1, "=A2+1", "x"))})
    assert refusal(path).startswith("sheet Data, cell B4: '=' is a formula without a stored value;")
    # The writer stores no values, so one is put in as a spreadsheet program would.
    edit(path, "xl/worksheets/sheet1.xml", "<v />", "<v>1.1</v>", "<v></v>", "<v>1.1</v>")
    assert read_table(path).X[1].tolist() == [2.0, -4.5, 1.1]


def test_errors_and_formulas_of_libreoffice(tmp_path: Path) -> None:
    path = tmp_path / "points.ods"
    write_ods(path, {"Data": (*TABLE, (1, "#DIV/0!", "x"))})
    string = 'office:value-type="string"><text:p>#DIV'
    edit(path, "content.xml", string, f'{CALCEXT} calcext:value-type="error" {string}')
    assert refusal(path).startswith("sheet Data, cell B4: the cell holds the error #DIV/0!;")
    write_ods(path, {"Data": (*TABLE, (1, 5, "x"))})
    edit(path, "content.xml", 'office:value="5"', 'office:value="5" table:formula="of:=[.B2]+3"')
    assert read_table(path).X[1, 2] == 5


def test_a_formula_may_show_no_words(tmp_path: Path) -> None:
    path = tmp_path / "points.xlsx"
    write_xlsx(path, {"Data": (*TABLE, (1, "=A2+1", "x"))})
    part = "xl/worksheets/sheet1.xml"
    edit(path, part, '<c r="B4">', '<c r="B4" t="str">', "A2+1", 'IF(A2&gt;1,A2,"")')
    assert refusal(path).startswith("sheet Data, cell B4: the cell is empty;")
    assert read_table(path, gaps="skip").m == 2


CALCEXT = 'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'


def test_an_error_in_the_last_cell_of_an_indented_sheet(tmp_path: Path) -> None:
    path = tmp_path / "points.ods"
    write_ods(path, {"Data": (("kind", "a", "b"), ("x", 1, "#DIV/0!"), ("y", 2, 3), ("x", 4, 5))})
    edit(path, "content.xml", "<table:", "\n  <table:", "</table:", "\n  </table:")
    string = 'office:value-type="string"><text:p>#DIV'
    edit(path, "content.xml", string, f'{CALCEXT} calcext:value-type="error" {string}')
    with zipfile.ZipFile(path) as archive:
        assert scan(archive)["Data"].marks == {(2, 2): "#DIV/0!"}


def test_an_error_that_stands_for_many_cells_is_in_each(tmp_path: Path) -> None:
    path = tmp_path / "points.ods"
    rows = (("kind", "a", "b"), ("y", 1, 2), ("x", "#N/A"))
    string = 'office:value-type="string"><text:p>#N'

    def repeat(columns: int) -> None:
        write_ods(path, {"Data": rows})
        error = f'{CALCEXT} calcext:value-type="error" table:number-columns-repeated="{columns}" {string}'
        edit(path, "content.xml", string, error)

    repeat(2)
    assert refusal(path, columns=("b",), label="kind").startswith(
        "sheet Data, cell C3: the cell holds the error #N/A;"
    )
    repeat(100_001)
    assert refusal(path) == (
        "sheet Data, cell B3: #N/A is repeated in more than 100,000 cells; mend them, or delete them."
    )


def edit(path: Path, part: str, *replacements: str) -> None:
    """Replace texts in a part of an archive."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    text = parts[part].decode()
    for old, new in zip(replacements[::2], replacements[1::2], strict=True):
        text = text.replace(old, new)
    assert text.encode() != parts[part]
    parts[part] = text.encode()
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


def test_cells_in_far_corners_do_not_take_all_memory(tmp_path: Path) -> None:
    path = tmp_path / "points.xlsx"
    write_xlsx(path, {"Data": TABLE})
    edit(path, "xl/worksheets/sheet1.xml", 'r="A3"', 'r="XFD1048576"')
    message = "sheet Data reaches as far as cell XFD1048576; at most 20,000,000 cells can be read."
    assert refusal(path) == message
    path = tmp_path / "points.ods"
    write_ods(path, {"Data": TABLE})
    far = '<table:table-cell table:number-columns-repeated="16384" office:value-type="float"'
    edit(
        path,
        "content.xml",
        "<table:table-row>",
        '<table:table-row table:number-rows-repeated="524288">',
        '<table:table-cell office:value-type="float"',
        far,
    )
    assert "cells can be read" in refusal(path)


def test_a_file_that_unpacks_to_too_much_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "points.xlsx"
    write_xlsx(path, {"Data": TABLE})
    monkeypatch.setattr("engine.data.sheets.MOST_BYTES", 2000)
    assert refusal(path) == "unpacked, the file has more than 0 MiB, the most that can be read."
