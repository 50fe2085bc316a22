"""The assets: extracts (what comes in), tables (one per SQL file), report (the edition)."""
