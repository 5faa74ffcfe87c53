"""Settings of the site as it goes live: ./inv build --production."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parent.resolve()))

from pelicanconf import *

SITEURL = "https://halyard.example"
CARDS = True

# Where ./inv publish --to NAME puts the site; docs/publishing.md describes the kinds. Secrets never stand here.
TARGETS: dict[str, dict[str, object]] = {}
