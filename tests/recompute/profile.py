"""How many populations, and what hypothesis must not complain of.

`VOORTGANG_POPULATIES` asks for another number: a few while writing a model, many thousands over night.
"""

import os

from hypothesis import HealthCheck, settings

_NUMBER = "VOORTGANG_POPULATIES"


def populations_of(number: int) -> settings:
    """The settings for `number` random populations. They are large on purpose, and their SQL takes its time."""
    return settings(
        max_examples=int(os.environ.get(_NUMBER, number)),
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
    )
