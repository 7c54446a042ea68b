"""A module."""


def work(times: int) -> None:
    """Work a number of times."""
