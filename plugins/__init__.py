"""Broadside's Pelican plugins: each folder is one concern, and only its `__init__.py` knows Pelican."""

import sys
from pathlib import Path

# Pelican finds this package through PLUGIN_PATHS; the processes that make pictures need it on Python's own path.
ROOT = next(folder for folder in Path(__file__).parents if (folder / "broadside").is_dir())
if str(ROOT) not in sys.path:
    sys.path.append(str(ROOT))
