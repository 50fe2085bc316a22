"""The tags of a run, as the web interface shows them."""

WHO_TAG = "voortgang/wie"
"""Who started it."""

WHY_TAG = "voortgang/reden"
"""Why, in the words of who started it."""

OCCASION_TAG = "voortgang/aanleiding"
"""What started it: `planning`, `levering`, or `opdrachtregel`; a run of the web interface has none."""

FROM_COMMAND_LINE = "opdrachtregel"

CONTENT_TAG = "voortgang/inhoud"
"""The content of the delivery that was seen when the run was asked for (core/arrivals.py)."""

PARTITION_TAG = "dagster/partition"
"""Dagster's own: the key of the half-year."""
