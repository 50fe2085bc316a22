"""The thin Dagster shell: assets, checks, partitions, resources, jobs, schedule, sensors. No calculation lives here."""
