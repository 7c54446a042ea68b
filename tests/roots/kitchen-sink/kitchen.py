"""Things of a kitchen.

Example:
    >>> boil(3)
    'boiled for 3 minutes'
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import Enum

#: How many eggs a box has.
EGGS = 12


class Taste(Enum):
    """How it tastes."""

    SWEET = "sweet"
    SOUR = "sour"


class Pan:
    """A pan.

    Args:
        size: Its size in centimetres, which is measured at the bottom, as everybody knows.
        lid: Whether it has a lid.

    Attributes:
        size: Its size.
    """

    def __init__(self, size: int = 24, *, lid: bool = False) -> None:
        """Take it from the shelf."""
        self.size = size
        self.lid = lid

    @property
    def hot(self) -> bool:
        """Whether it is hot."""
        return False

    def fry(
        self, things: Iterable[str], spices: Mapping[str, int] | None = None, *, oil: str = "olive"
    ) -> list[str]:
        """Fry.

        Args:
            things (list of str): What to fry.
            spices: How much of which.
            oil: In what.

        Returns:
            What was fried.

        Raises:
            ValueError: when there is too much in the pan.

        Note:
            It gets hot.
        """
        return [f"fried {thing}" for thing in things]


class Wok(Pan):
    """A round pan."""

    class Handle:
        """A class in a class."""

        def turn(self, angle: float) -> None:
            """Turn it."""


def boil(minutes: int) -> str:
    """Boil an egg.

    Parameters
    ----------
    minutes : int
        How long.

    Returns
    -------
    str
        What was done.

    See Also
    --------
    Pan.fry : another way
    """
    return f"boiled for {minutes} minutes"
