"""What the peers in Python share: the order of names."""

import re
import unicodedata


def alphabetical(name: str) -> str:
    """The key of a list of names: without accents, signs and a leading apostrophe-s."""
    plain = "".join(sign for sign in unicodedata.normalize("NFD", name.lower()) if not unicodedata.combining(sign))
    return re.sub("[^a-z0-9 ]", "", re.sub(r"^'[st]\W+", "", plain))
