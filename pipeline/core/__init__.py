"""The pure core: periods, intake, warehouse, figures, document, editions. It never imports dagster (a lint rule)."""
