"""What people would use instead, written well: the same extracts in, the same tables and document out.

Belongs here: one module per peer, and what compares their outputs. Not here: the measurements themselves (the modules
beside this folder). Nothing of the pipeline imports this; hand.py and duckdb_own.py run without the extra `bench`.
"""
