"""What a report leaves out where there is nothing to say, and how it is printed."""

import re

from engine.files.report import Again
from engine.training.spec import Spec
from tests.engine.files.report.test_report import Page, frame_of, page_of

LINE = "print(1)"


def test_nothing_speaks_of_marks_where_all_is_as_usual():
    page = Page(page_of(frame_of()))
    assert "Usually" not in page.words and not any("marked" in each for each in page.words)
    assert "All is as at the first start." in page.sections["settings"]
    some = Page(page_of(frame_of(Spec(learning_rate=0.25))))
    assert some.words.count("Usually") == 1, "in the group that has something unusual"
    assert any("What is marked" in each for each in some.words)


def test_the_way_to_make_it_once_more_says_what_is_missing_and_where_it_begins():
    again = Again(no_command="No command does, as it was changed.", script=LINE, begins=29067)
    told = Page(page_of(frame_of(), again=again)).sections["reproduction"]
    assert told[1] == "No command does, as it was changed."
    assert "that begins at iteration 29,067, where the last change was made, and prints" in told[2]
    assert "begins" not in Page(page_of(frame_of(), again=Again(script=LINE))).sections["reproduction"][1]


def test_on_paper_what_is_folded_is_still_named():
    text = page_of(frame_of(), again=Again(script=LINE))
    printed = re.search(r"@media print \{(.*)\n\}", text, re.DOTALL)[1]
    assert "details" in printed and "display: none" not in printed
    assert "summary::after" in printed


def test_on_paper_headings_and_introductions_stay_with_what_they_introduce():
    text = page_of(frame_of(), again=Again("command"))
    for words in ("Points are called", "Six digits are shown", "All is as at the first", "In a terminal"):
        assert re.search(rf'<p class="[^"]*leads">[^<]*{words}', text), words
    printed = re.search(r"@media print \{(.*)\n\}", text, re.DOTALL)[1]
    assert re.search(r"\.leads \{ break-after: avoid; \}", printed)
    assert re.search(r"\btable, tr \{ break-inside: avoid; \}", printed)
