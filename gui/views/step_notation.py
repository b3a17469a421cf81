"""How the lines of an opened iteration are written: with which letters, and when a matrix is a number."""

from dataclasses import dataclass

from engine.model.activations import ACTIVATIONS, Array
from engine.training.opened import Opened
from gui.views.matrix import Grid
from gui.views.pieces import Number, Piece, Tex, Words, spoken_row

FUNCTIONS = {"sigmoid": r"\sigma", "tanh": r"\tanh", "relu": r"\mathrm{ReLU}"}  # as the papers write them
PHASES = ("forward", "cost", "backward", "update")

EQUALS, PLUS, MINUS, ABOUT = Tex("="), Tex("+"), Tex("-"), Tex(r"\approx")
TIMES, EACH = Tex(r"\cdot"), Tex(r"\odot")
BREAKS = (EQUALS, PLUS, MINUS, ABOUT, EACH)  # before these a line may go on below


@dataclass(frozen=True, eq=False)
class Line:
    """A formula with its numbers, a heading, or a sentence."""

    name: str
    """What it is about, such as `z1` or `loss`."""
    pieces: tuple[Piece, ...]
    is_heading: bool = False

    @property
    def numbers(self) -> tuple[float, ...]:
        """Every number in it, in the order of reading."""
        return tuple(number for piece in self.pieces for number in piece.numbers)

    @property
    def is_sentence(self) -> bool:
        """Whether it is words alone."""
        return all(isinstance(piece, Words) for piece in self.pieces)

    @property
    def formulas(self) -> tuple[str, ...]:
        """Every formula in it, in LaTeX."""
        return tuple(latex for piece in self.pieces for latex in piece.formulas)

    @property
    def result(self) -> float:
        """The last number, which is what the line comes to."""
        return self.numbers[-1]

    @property
    def matrix(self) -> Array:
        """The last matrix in it."""
        return [piece.values for piece in self.pieces if isinstance(piece, Grid)][-1]

    @property
    def text(self) -> str:
        """It in plain text."""
        return spoken_row(self.pieces)


def words(sentence: str) -> tuple[Words, ...]:
    """Return a sentence that may be broken between any two words."""
    return tuple(Words(word) for word in sentence.split())


def sentence(name: str, text: str) -> Line:
    """Return a line of words."""
    return Line(name, words(text))


def title(name: str, text: str) -> Line:
    """Return a heading."""
    return Line(name, (Words(text),), is_heading=True)


def heading(phase: str, name: str, text: str) -> tuple[Line, Line]:
    """Return the title of a phase, and what happens in it."""
    return title(phase, name), sentence(f"{phase}Help", text)


class Notation:
    """The letters of one opened iteration: small ones for one example, capitals for all at once."""

    def __init__(self, opened: Opened, one: bool) -> None:
        self.opened, self.one = opened, one
        self.network = opened.experiment.network
        self.parameters = opened.state.parameters
        self.z, self.a, self.x, self.y = ("z", "a", "x", "y") if one else ("Z", "A", "X", "Y")

    def grid(self, values: Array, per_example: bool = False, factor: bool = False) -> Piece:
        """Return a matrix, or a number where it is one; `per_example` has a column for each example."""
        if values.shape == (1, 1) and (self.one or not per_example):
            return Number(float(values[0, 0]), bracketed=factor)
        return Grid(values, self.opened.m if per_example and not self.one else 0)

    def product(self, left: Array, right: Array) -> tuple[Piece, ...]:
        """Return weights times what has a column for each example."""
        pieces = self.grid(left, factor=True), self.grid(right, per_example=True, factor=True)
        either = any(isinstance(piece, Number) for piece in pieces)
        return (pieces[0], TIMES, pieces[1]) if either else pieces

    def previous(self, l: int) -> str:
        """Return what goes into layer l."""
        return f"{self.a}^{{[{l - 1}]}}" if l > 1 else self.x

    def activation(self, l: int) -> str:
        """Return the name of the function of layer l."""
        activation = ACTIVATIONS[self.network.activations[l - 1]]
        return FUNCTIONS.get(activation.name, rf"\mathrm{{{activation.label.replace(' ', '~')}}}")
