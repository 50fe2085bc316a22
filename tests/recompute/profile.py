"""How many populations, and what hypothesis must not complain of.

`VOORTGANG_POPULATIES` asks for another number where 500 are usual, and for as much less or more elsewhere: a few while
writing a model, many thousands over night.
"""

import os

from hypothesis import HealthCheck, settings

_ASKED = int(os.environ.get("VOORTGANG_POPULATIES", "500"))


def populations_of(number: int) -> settings:
    """The settings for `number` random populations, or for as much more or less as is asked.

    They are large on purpose, and their SQL takes its time.
    """
    return settings(
        max_examples=max(2, number * _ASKED // 500),
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
    )
