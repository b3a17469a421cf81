"""Each kind of setting takes what it says, and names itself, the value and the range when it refuses."""

from dataclasses import FrozenInstanceError

import pytest

from engine.training.settings import (
    Choice,
    Choices,
    Name,
    Names,
    Number,
    Selection,
    Setting,
    SettingError,
    Sizes,
    Switch,
)

WORDS = {"label": "L", "help": "H", "group": "G"}
SHARE = Number(**WORDS, low=0, high=0.9)
RATE = Number(**WORDS, low=0, high=10, open_low=True)
COUNT = Number(**WORDS, low=4, high=1_000_000, integer=True)
COLOUR = Choice(**WORDS, registry={"red": 1, "blue": 2})
COLOURS = Choices(**WORDS, registry={"red": 1, "blue": 2})
SOME = Selection(**WORDS, registry={"red": 1, "blue": 2})
LAYERS = Sizes(**WORDS, high=1024, most=3)
COLUMNS = Names(**WORDS)
TWO = Names(**WORDS, what="labels", example="a,*", count=2)


def parse(setting, text):
    return setting.parse("it", text)


@pytest.mark.parametrize(
    ("setting", "text", "value"),
    [
        (SHARE, "0", 0.0),
        (SHARE, "0.9", 0.9),
        (SHARE, " 2e-1 ", 0.2),
        (RATE, "1e-300", 1e-300),
        (RATE, "10", 10.0),
        (COUNT, "4", 4),
        (COUNT, "1e6", 1_000_000),
        (COUNT, "40.0", 40),
        (COLOUR, "red", "red"),
        (COLOURS, "red", ("red",)),
        (COLOURS, "red, blue,red", ("red", "blue", "red")),
        (SOME, "", ()),
        (SOME, "blue", ("blue",)),
        (SOME, "blue, red,blue", ("red", "blue")),
        (LAYERS, "8", (8,)),
        (LAYERS, "8, 4,1024", (8, 4, 1024)),
        (LAYERS, " 8 4  2 ", (8, 4, 2)),
        (COLUMNS, "x, y", ("x", "y")),
        (COLUMNS, '"bill, in mm", y', ("bill, in mm", "y")),
        (TWO, "setosa,*", ("setosa", "*")),
        (Name(**WORDS), "any text", "any text"),
    ],
)
def test_a_text_becomes_a_value(setting, text, value):
    parsed = parse(setting, text)
    assert parsed == value
    assert type(parsed) is type(value)
    assert setting.check("it", parsed) == value


@pytest.mark.parametrize(
    ("setting", "text", "message"),
    [
        (SHARE, "-0.1", "it -0.1 is outside [0, 0.9]."),
        (SHARE, "1", "it 1 is outside [0, 0.9]."),
        (SHARE, "nan", "it nan is outside [0, 0.9]."),
        (SHARE, "inf", "it inf is outside [0, 0.9]."),
        (SHARE, "-1e999", "it -inf is outside [0, 0.9]."),
        (SHARE, "", "it '' is not a number in [0, 0.9]."),
        (SHARE, "a\nb", r"it 'a\nb' is not a number in [0, 0.9]."),
        (SHARE, "0,5", "it '0,5' is not a number in [0, 0.9]."),
        (RATE, "0", "it 0 is outside (0, 10]."),
        (RATE, "1e9", "it 1e+09 is outside (0, 10]."),
        (COUNT, "3", "it 3 is outside [4, 1,000,000]."),
        (COUNT, "4e9", "it 4,000,000,000 is outside [4, 1,000,000]."),
        (COUNT, "4.5", "it 4.5 is not a whole number in [4, 1,000,000]."),
        (COUNT, "inf", "it inf is outside [4, 1,000,000]."),
        (COUNT, "nan", "it nan is outside [4, 1,000,000]."),
        (COUNT, "9" * 5000, "it inf is outside [4, 1,000,000]."),
        (COLOUR, "green", "it 'green' is not one of red, blue."),
        (COLOUR, "Red", "it 'Red' is not one of red, blue."),
        (COLOURS, "", "it '' is not one of red, blue."),
        (COLOURS, "red,", "it '' is not one of red, blue."),
        (COLOURS, "red,green", "it 'green' is not one of red, blue."),
        (SOME, "red,green", "it 'green' is not one of red, blue."),
        (LAYERS, "0", "it 0 is outside [1, 1024] units a layer."),
        (LAYERS, "8,1025", "it 1025 is outside [1, 1024] units a layer."),
        (LAYERS, "8,-1", "it -1 is outside [1, 1024] units a layer."),
        (LAYERS, "1,1,1,1", "it has 4 layers, outside [1, 3]."),
        (LAYERS, "", "it '' is not a list of whole numbers in [1, 1024], such as 8 or 8,4."),
        (LAYERS, "8,", "it '8,' is not a list of whole numbers in [1, 1024], such as 8 or 8,4."),
        (LAYERS, "8;4", "it '8;4' is not a list of whole numbers in [1, 1024], such as 8 or 8,4."),
        (LAYERS, "2.5", "it '2.5' is not a list of whole numbers in [1, 1024], such as 8 or 8,4."),
        (COLUMNS, "x,x", "it 'x,x' must name different columns, such as x,y."),
        (COLUMNS, "x,,z", "it 'x,,z' must name different columns, such as x,y."),
        (TWO, "a", "it 'a' must name 2 different labels, such as a,*."),
        (TWO, "a,b,c", "it 'a,b,c' must name 2 different labels, such as a,*."),
        (TWO, "*,*", "it '*,*' must name 2 different labels, such as a,*."),
    ],
)
def test_what_is_refused_is_named(setting, text, message):
    with pytest.raises(SettingError) as caught:
        parse(setting, text)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("setting", "text", "misleading"),
    [
        (RATE, "10.0000001", "it 10 is outside (0, 10]."),
        (COUNT, "4.0000000001", "it 4 is not a whole number"),
    ],
)
def test_a_value_just_outside_is_not_rounded_into_the_range(setting, text, misleading):
    with pytest.raises(SettingError) as caught:
        parse(setting, text)
    assert not str(caught.value).startswith(misleading)


@pytest.mark.parametrize("value", [[], [2.5], ["8"], [0]])
def test_layers_are_whole_numbers(value):
    with pytest.raises(SettingError, match=r"^it .*outside \[1, "):
        LAYERS.check("it", value)


def test_no_columns_and_no_text():
    assert COLUMNS.check("it", None) is None
    assert Switch(**WORDS).check("it", 1) is True
    assert Switch(**WORDS).check("it", False) is False


def test_settings_are_frozen_and_the_base_decides_nothing():
    with pytest.raises(FrozenInstanceError):
        SHARE.low = -1
    with pytest.raises(NotImplementedError):
        Setting(**WORDS).check("it", 1)


def test_the_range_as_mathematics_writes_it():
    assert (SHARE.range, RATE.range, COUNT.range) == ("[0, 0.9]", "(0, 10]", "[4, 1,000,000]")


def test_names_with_commas_come_back_from_their_text():
    names = ("a, b", 'say "c"', "d")
    assert parse(COLUMNS, COLUMNS.text(names)) == names
