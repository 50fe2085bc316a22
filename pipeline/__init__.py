"""Voortgang: the half-yearly voortgangsrapportage on the housing of vergunninghouders.

Rooms: `core` holds the pure work (it never imports dagster), `orchestration` the thin Dagster shell around it,
`contracts` what each extract must look like, `reference` the public data that ships with the package, `sample` the
demonstration delivery.
"""

__version__ = "0.1.0"
