"""The thin Dagster shell: assets, checks, partitions, resources, job, schedule. No calculation lives here."""
