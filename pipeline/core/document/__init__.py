"""The document room: from figures to the PDF. Dutch formats, words, charts, map, templates, typesetting.

It reads the register and the label tables and computes nothing. `render.py` is the door.
"""
