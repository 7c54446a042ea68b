"""Readings of a weather station, and what can be said of them.

A reading is taken every ten minutes::

    >>> reading = Reading("garden", 21.5)
    >>> reading.fahrenheit
    70.7
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

#: Degrees Celsius at which a road may freeze.
FROST: float = 3.0


@dataclass
class Reading:
    """What one thermometer said.

    :param place: where the thermometer hangs, for example ``"garden"``
    :param celsius: degrees Celsius
    """

    place: str
    celsius: float

    @property
    def fahrenheit(self) -> float:
        """The same in degrees Fahrenheit."""
        return self.celsius * 9 / 5 + 32

    def is_frost(self, limit: float = FROST) -> bool:
        """Return true when a road may freeze.

        .. note:: Black ice forms above zero too, when the ground is colder than the air.
        """
        return self.celsius <= limit


class StationError(Exception):
    """A thermometer didn't answer."""


def coldest(readings: Iterable[Reading], places: Iterable[str] | None = None) -> Reading | None:
    """Return the coldest reading.

    :param readings: readings in any order
    :param places: only readings of these places; all, when left out
    :returns: the coldest reading, or nothing when there was none
    :raises StationError: when a place has no thermometer
    """
    wanted = None if places is None else set(places)
    found = [r for r in readings if wanted is None or r.place in wanted]
    return min(found, key=lambda reading: reading.celsius, default=None)
