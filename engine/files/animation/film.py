"""What an animation shows, and how fast: every choice declared once, for the dialog and for the command line."""

from dataclasses import dataclass, fields

import numpy as np

from engine.training.series import SPACINGS, spaced
from engine.training.settings import Choice, Name, Number, Setting, Switch, setting

GROUP = "Animation"
Pixels = np.ndarray  # (height, width, 3), red, green and blue from 0 to 255


@dataclass(frozen=True, eq=False)
class Samples:
    """What is known of the pictures before they come, so that all of them have the same colours."""

    pictures: list[Pixels]
    exact: np.ndarray
    """Colours (n, 3) that lines and words have: too few pixels to be noticed otherwise."""


@dataclass(frozen=True)
class Film:
    """An animation to be made. Frozen; every value is checked."""

    view: str = setting(
        "boundary",
        Name(label="View", help="Which view is drawn.", group=GROUP, control="animationViewCombo"),
    )
    first: int = setting(
        0,
        Number(
            label="From iteration",
            help="The iteration of the first picture.",
            group=GROUP,
            control="animationFromSpin",
            option="--animation-from",
            low=0,
            high=1e9,
            integer=True,
        ),
    )
    last: int = setting(
        0,
        Number(
            label="To iteration",
            help="The iteration of the last picture; 0 is the newest.",
            group=GROUP,
            control="animationToSpin",
            option="--animation-to",
            low=0,
            high=1e9,
            integer=True,
            zero="the newest",
        ),
    )
    frames: int = setting(
        200,
        Number(
            label="Pictures",
            help="How many pictures are drawn, at most one for each iteration.",
            group=GROUP,
            control="animationFramesSpin",
            low=1,
            high=10_000,
            integer=True,
        ),
    )
    spacing: str = setting(
        "early",
        Choice(
            label="Spacing",
            help="Which iterations are drawn between the first and the last.",
            group=GROUP,
            control="animationSpacingCombo",
            registry=SPACINGS,
        ),
    )
    rate: float = setting(
        20.0,
        Number(
            label="Pictures a second",
            help="How fast it plays.",
            group=GROUP,
            control="animationRateSpin",
            low=1,
            high=50,
            decimals=1,
        ),
    )
    hold: float = setting(
        2.0,
        Number(
            label="Seconds at the end",
            help="How many seconds the last picture stays.",
            group=GROUP,
            control="animationHoldSpin",
            low=0,
            high=60,
            decimals=1,
        ),
    )
    width: int = setting(
        640,
        Number(
            label="Width in pixels",
            help="Pixels across, made even.",
            group=GROUP,
            control="animationWidthSpin",
            low=240,
            high=3840,
            integer=True,
            step=2,
        ),
    )
    height: int = setting(
        480,
        Number(
            label="Height in pixels",
            help="Pixels from top to bottom, made even.",
            group=GROUP,
            control="animationHeightSpin",
            low=200,
            high=2160,
            integer=True,
            step=2,
        ),
    )
    theme: str = setting(
        "light",
        Name(
            label="Colours",
            help="Light, dark, or print, which needs none.",
            group=GROUP,
            control="animationThemeCombo",
        ),
    )
    loop: bool = setting(
        True,
        Switch(
            label="Loop",
            help="Begin anew after the last picture; MP4 leaves that to the player.",
            group=GROUP,
            control="animationLoopCheck",
        ),
    )

    def __post_init__(self) -> None:
        for name, each in FILM_SETTINGS.items():
            object.__setattr__(self, name, each.check(each.label, getattr(self, name)))
        for side in ("width", "height"):
            object.__setattr__(self, side, getattr(self, side) // 2 * 2)  # as video needs it

    def iterations(self, newest: int) -> list[int]:
        """Return which iterations are drawn of a run."""
        last = min(self.last or newest, newest)
        return spaced(min(self.first, last), last, self.frames, self.spacing)

    @property
    def delays(self) -> "Delays":
        """How long each picture is seen."""
        return Delays(self.rate, self.hold)


@dataclass(frozen=True)
class Delays:
    """Divides time into pictures whose lengths are whole hundredths of a second, without falling behind."""

    rate: float
    hold: float

    def of(self, place: int, is_last: bool) -> int:
        """Return for how many hundredths of a second a picture is seen."""
        length = round(100 * (place + 1) / self.rate) - round(100 * place / self.rate)
        return length + (round(100 * self.hold) if is_last else 0)


FILM_SETTINGS: dict[str, Setting] = {each.name: each.metadata["setting"] for each in fields(Film)}
