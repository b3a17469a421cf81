"""One line for whatever is wrong with the options or the table of `main.py train`."""

import pytest

from engine.model.activations import ACTIVATIONS
from engine.training.descent import Descent
from tests.command_line.running import PENGUINS


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ("--nonsense", "unrecognized arguments: --nonsense"),
        ("--lear 1", "unrecognized arguments: --lear 1"),
        ("points.csv", "unrecognized arguments: points.csv"),
        ("--samples", "argument --samples: expected one argument"),
        ("--learning-rate 1e9", "--learning-rate 1e+09 is outside (0, 10]."),
        ("--learning-rate 0", "--learning-rate 0 is outside (0, 10]."),
        ("--learning-rate=-1", "--learning-rate -1 is outside (0, 10]."),
        ("--learning-rate fast", "--learning-rate 'fast' is not a number in (0, 10]."),
        ("--learning-rate nan", "--learning-rate nan is outside (0, 10]."),
        ("--samples 4e9", "--samples 4,000,000,000 is outside [4, 1,000,000]."),
        ("--samples 3", "--samples 3 is outside [4, 1,000,000]."),
        ("--samples 4.5", "--samples 4.5 is not a whole number in [4, 1,000,000]."),
        ("--noise 2.5", "--noise 2.5 is outside [0, 2]."),
        ("--noise=-0.1", "--noise -0.1 is outside [0, 2]."),
        ("--seed -1", "--seed -1 is outside [0, 2,147,483,647]."),
        ("--seed 2147483648", "--seed 2,147,483,648 is outside [0, 2,147,483,647]."),
        ("--seed x", "--seed 'x' is not a number in [0, 2,147,483,647]."),
        ("--test-fraction 1", "--test-fraction 1 is outside [0, 0.9]."),
        ("--iterations -1", "--iterations -1 is outside [0, 1,000,000,000]."),
        ("--iterations 1e10", "--iterations 10,000,000,000 is outside [0, 1,000,000,000]."),
        ("--iterations many", "--iterations 'many' is not a number in [0, 1,000,000,000]."),
        ("--model deep", "--model 'deep' is not one of logistic, network."),
        ("--activation swish", f"--activation 'swish' is not one of {', '.join(ACTIVATIONS)}."),
        ("--init ones", "--init 'ones' is not one of zeros, normal, xavier, he."),
        ("--hidden 0", "--hidden 0 is outside [1, 1024] units a layer."),
        ("--hidden 2000", "--hidden 2000 is outside [1, 1024] units a layer."),
        ("--hidden 8;4", "--hidden '8;4' is not a list of whole numbers in [1, 1024], such as 8 or 8,4."),
        ("--hidden 8 --activation tanh,relu", "activation names 2 functions"),
        ("--standardize=maybe", "argument --standardize/--no-standardize: ignored explicit argument 'maybe'"),
        ("--columns x,x", "--columns 'x,x' must name different columns, such as x,y."),
        ("--columns x,y", "moons is made up and has no columns to choose; name a table."),
        ("--data mons", "data 'mons' is neither a file nor one of "),
        ("--data missing.csv", "missing.csv: the file cannot be read (no such file or directory)."),
        ("--data table.docx", "table.docx: "),
        ("--data .", "this is a folder"),
        ("--initial-weights missing.npz", "missing.npz could not be read: No such file or directory."),
        ("--initial-weights w.txt", "w.txt must end in one of .npz, .json, .safetensors."),
        (
            "--export-weights w.pkl",
            "--export-weights w.pkl must end in one of .npz, .json, .safetensors, .onnx, .py.",
        ),
        (
            "--export-weights w",
            "--export-weights w must end in one of .npz, .json, .safetensors, .onnx, .py.",
        ),
        ("--export-weights no/w.npz", "--export-weights no/w.npz: there is no folder no."),
        ("--export-history h.txt", "--export-history h.txt must end in .csv."),
        ("--export-history no/h.csv", "--export-history no/h.csv: there is no folder no."),
        (
            "--export-plot boundary",
            "--export-plot 'boundary' must be VIEW=FILE, such as boundary=boundary.png.",
        ),
        ("--export-plot boundary=", "--export-plot 'boundary=' must be VIEW=FILE"),
        ("--export-plot =x.png", "--export-plot '=x.png' must be VIEW=FILE"),
        ("--export-plot face=x.png", "--export-plot 'face' is not one of boundary, cost, activation."),
        ("--export-plot cost=x.doc", "--export-plot x.doc must end in .png."),
        (
            "--export-plot cost=x.png --plot-theme pink",
            "--plot-theme 'pink' is not one of light, print.",
        ),
        ("--export-plot cost=no/x.png", "--export-plot no/x.png: there is no folder no."),
    ],
)
def test_a_wrong_option_is_named(refusal_of, tmp_path, arguments, message):
    assert message in refusal_of(*arguments.split())
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("content", "arguments", "message"),
    [
        ("", "", "the file is empty"),
        ("x,y,k\n1,2,A\n3,4,B\n", "--columns x,z", "there is no column z; the columns are x, y, k."),
        ("x,y,k\n1,2,A\n3,4,B\n", "--label kind", "there is no column kind; the columns are x, y, k."),
        ("x,y,k\n1,2,A\n3,4,A\n", "", "column k: every label is 'A'"),
        ("x,y,k\n1,2,A\n3,4,B\n5,6,C\n", "", "line 4, column k: 'C' is a third label"),
        ("x,y,k\n1,2,A\n3,inf,B\n", "", "line 3, column y: 'inf' is not a finite number"),
        ("x,y,k\n1,2,A\nnan,4,B\n", "", "line 3, column x: 'nan' is not a finite number"),
        ("x,y,k\n1,2,A\n3,,B\n", "", "line 3, column y: the cell is empty"),
        ("x,y,k\n1,2,A\n3,four,B\n", "", "line 3, column y: 'four' is not a number"),
        ("x,y,k\n1,2,A\n3,B\n", "", "line 3: the number of cells is 2, not 3"),
        ("x\n1\n2\n", "", "line 1: the number of columns is 1"),
        ("x,y,k\n1,2,A\n\x00,4,B\n", "", "line 3 holds a zero byte"),
    ],
)
def test_a_wrong_table_is_named_with_line_and_column(refusal_of, tmp_path, content, arguments, message):
    (tmp_path / "t.csv").write_text(content)
    line = refusal_of("--data", "t.csv", *arguments.split())
    assert line.startswith("t.csv: ")
    assert message in line


@pytest.mark.parametrize(
    "arguments",
    [
        ("--data", "a" * 300),
        ("--data", "a" * 300 + ".csv"),
        ("--initial-weights", "a" * 300 + ".npz"),
        ("--export-weights", "a" * 300 + "/w.npz"),
        ("--export-history", "a" * 300 + "/h.csv"),
    ],
    ids=lambda arguments: f"{arguments[0]} …{arguments[1][-6:]}",
)
def test_a_name_too_long_for_the_system(refusal_of, arguments):
    assert refusal_of(*arguments)


@pytest.mark.parametrize(
    "arguments",
    [
        ("--bad\nword",),
        ("--data", "a\nb.csv"),
        ("--label", "a\nb", "--data", PENGUINS),
        ("--export-weights", "a\nb"),
    ],
    ids=lambda arguments: arguments[0].split("\n")[0],
)
def test_a_name_of_two_lines_is_told_in_one(refusal_of, arguments):
    assert refusal_of(*arguments)


def test_a_network_too_large_for_the_memory(refusal_of, monkeypatch):
    def too_large(descent, state):
        raise MemoryError("Unable to allocate 7.63 GiB for an array with shape (1024, 1000000)")

    monkeypatch.setattr(Descent, "step", too_large)
    assert "memory" in refusal_of("--iterations", 5).lower()
