"""The page about a run: what it says is true, whole, and harmless."""

from dataclasses import replace
from datetime import date
from html.parser import HTMLParser

import numpy as np
import pytest

from engine.data.dataset import Dataset
from engine.files.atomic import FileError
from engine.files.report import Again, Drawn, Report, report_page, save_report
from engine.training.changes import Mark
from engine.training.commands import Frame
from engine.training.experiment import Experiment, Start
from engine.training.spec import Spec
from tests.engine.training.driver import after

COLOURS = ({"text": "#111111", "accent": "#00805E"}, {"text": "#EEEEEE", "accent": "#2CBF94"})
VOID = {"meta", "img", "source", "br"}


class Page(HTMLParser):
    """Reads a page as a browser does, and complains where tags do not match."""

    def __init__(self, text):
        super().__init__()
        self.open, self.tags, self.rows, self.sections, self.words = [], [], [], {}, []
        self.addresses = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        self.tags.append(tag)
        self.addresses += [given[name] for name in ("src", "href", "srcset", "data") if name in given]
        if tag == "section":
            self.sections[given["id"]] = []
        if tag == "tr":
            self.rows.append([given.get("class") == "marked"])
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open and self.open[-1] == tag, f"{tag} closes {self.open[-1:]}"
        self.open.pop()
        if tag == "section":
            self.last = None

    def handle_data(self, data):
        if not data.strip() or "style" in self.open:
            return
        self.words.append(data)
        if self.open[-1] in ("td", "th"):
            self.rows[-1].append(data)
        if "section" in self.open:
            next(reversed(self.sections.values())).append(data)

    def row(self, name):
        """Return the cells of the first row that begins with a word."""
        return next(row[2:] for row in self.rows if row[1:2] == [name])


def frame_of(spec=None, iterations=20, dataset=None):
    spec = spec or Spec()
    experiment = Experiment.of(spec, dataset or spec.load())
    state = after(experiment, iterations, scored=True)
    return Frame(experiment, state, None, running=False, last=iterations)


def page_of(frame, pictures=(), **values):
    report = Report(frame, pictures, COLOURS, date(2026, 11, 21), **values)
    return report_page(report)


def test_the_scores_and_the_weights_are_those_of_the_frame():
    frame = frame_of(Spec(hidden=(3,)))
    page, scores = Page(page_of(frame)), frame.state.scores
    assert page.row("accuracy") == [f"{scores.train_accuracy:.1%}", f"{scores.test_accuracy:.1%}"]
    cost = page.row("cost J, the mean loss and the penalty")
    assert [float(each) for each in cost] == pytest.approx([scores.train_cost, scores.test_cost], rel=1e-5)
    W1, b1 = frame.state.parameters[0]
    for name, wanted in (("bias b", b1[:, 0]), ("x₁", W1[:, 0]), ("x₂", W1[:, 1])):
        rows = [row[2:] for row in page.rows if row[1:2] == [name] and len(row) == 5]
        shown = [float(each.replace("−", "-")) for each in rows[0]]
        assert shown == pytest.approx(wanted.tolist(), rel=1e-5)


def test_points_are_counted_for_each_class_and_set():
    frame = frame_of(Spec(samples=100, test_fraction=0.3))
    page = Page(page_of(frame))
    problem = frame.experiment.problem
    assert page.row("together") == [f"{problem.m_train}", f"{100 - problem.m_train}", "100"]
    for name, label in (("A", 0), ("B", 1)):
        train, test = (int(np.count_nonzero(label == Y)) for Y in (problem.Y_train, problem.Y_test))
        assert page.row(name) == [f"{train}", f"{test}", f"{train + test}"]


def test_the_confusion_matrix_follows_the_threshold():
    frame = frame_of(iterations=2)
    low, high = (Page(page_of(frame, threshold=threshold)) for threshold in (0.001, 0.999))
    train_0, train_1 = (int(np.count_nonzero(frame.experiment.problem.Y_train == label)) for label in (0, 1))
    assert low.row("is A") == ["0", f"{train_0}"]
    assert high.row("is B") == [f"{train_1}", "0"]


def test_settings_that_are_not_as_usual_are_marked():
    page = Page(page_of(frame_of(Spec(learning_rate=0.25, hidden=(6,)))))
    marked = {row[1]: row[2:] for row in page.rows if row[0]}
    assert marked == {"Learning rate α": ["0.25", "0.5"], "Hidden layers": ["6", "4"]}


def test_first_weights_of_no_seed_are_named():
    experiment = Experiment.of(Spec(), Spec().load())
    start = Start(experiment.network, after(experiment, 5).parameters, experiment.problem.standardization)
    given = Experiment.of(Spec(), Spec().load(), start)
    page = Page(page_of(replace(frame_of(), experiment=given)))
    assert page.row("First weights") == ["none of a seed: read from a file, chosen or set by hand", "Xavier"]
    assert Page(page_of(frame_of())).row("First weights") == ["Xavier"]


def test_why_a_run_ended_stands_at_the_top():
    notice = "The cost stopped being finite at iteration 9."
    words = Page(page_of(replace(frame_of(), notice=notice))).words
    assert f"A 2-4-1 network, trained for 20 iterations to tell A from B. {notice}" in words


def test_names_of_a_file_are_no_markup():
    X = np.array([[0.0, 1.0, 2.0, 3.0], [1.0, 0.0, 1.0, 0.0]])
    evil = "<script>alert(1)</script>"
    names = {"feature_names": (evil, "b\"'&"), "class_names": ("<img src=x onerror=y>", "</table>")}
    dataset = Dataset.of(X, np.array([0.0, 1.0, 0.0, 1.0]), "<b>title</b>", **names)
    frame = frame_of(Spec(test_fraction=0), dataset=dataset)
    marks = (Mark(3, "<i>changed</i>"),)
    pictures = [Drawn("<u>", '"><script>', "data:image/png;base64,AA==", "data:image/png;base64,BB==", 2, 1)]
    page = Page(
        page_of(replace(frame, marks=marks), pictures, again=Again(evil, evil, evil, evil), source=evil)
    )
    assert not {"script", "b", "i", "u"} & set(page.tags)
    assert page.tags.count("img") == 1
    assert evil in page.words and "<b>title</b>" in page.words


def test_it_needs_no_network_and_no_script():
    pictures = [Drawn("Cost", "J", "data:image/png;base64,AA==", "data:image/png;base64,BB==", 2, 1)]
    text = page_of(frame_of(), pictures)
    page = Page(text)
    assert "script" not in page.tags and "link" not in page.tags
    assert page.addresses == ["data:image/png;base64,BB==", "data:image/png;base64,AA=="]
    assert "http" not in text and "@import" not in text and "url(" not in text
    assert "prefers-color-scheme: dark" in text and "@media print" in text


def test_what_was_changed_on_the_way_is_told_and_else_there_is_no_such_section():
    frame = frame_of()
    assert "changes" not in Page(page_of(frame)).sections
    marked = replace(frame, marks=(Mark(7, "learning rate 0.5 → 0.05"),))
    assert any(
        "iteration 7: learning rate 0.5 → 0.05" in each for each in Page(page_of(marked)).sections["changes"]
    )


def test_long_tables_are_folded_and_huge_ones_left_out():
    assert "details" not in Page(page_of(frame_of(Spec(hidden=(4,))))).tags
    assert "details" in Page(page_of(frame_of(Spec(hidden=(40,))))).tags
    page = Page(page_of(frame_of(Spec(hidden=(64, 200)), iterations=1)))
    assert any("12,800 weights are too many" in each for each in page.sections["weights"])


@pytest.mark.parametrize(
    "spec",
    [Spec(test_fraction=0), Spec(model="logistic"), Spec(standardize=False), Spec(features=("x1_squared",))],
    ids=["no test", "logistic", "own units", "more inputs"],
)
def test_every_kind_of_run_has_a_whole_page(spec):
    page = Page(page_of(frame_of(spec)))
    assert {"metrics", "data", "settings", "weights"} <= set(page.sections)
    assert "nan" not in " ".join(page.words).lower().split()


def test_a_page_that_cannot_be_written_leaves_the_old_one(tmp_path):
    path = tmp_path / "r.html"
    report = Report(frame_of(), (), COLOURS, date(2026, 11, 21))
    save_report(path, report)
    assert path.read_text(encoding="utf-8") == report_page(report)
    with pytest.raises(FileError, match="could not be written"):
        save_report(tmp_path / "none" / "r.html", report)
