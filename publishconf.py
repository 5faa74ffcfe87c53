"""Settings of the live site: ./inv build --production."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parent.resolve()))

from pelicanconf import *

SITEURL = "https://halyard.example"
CARDS = True

# Where ./inv publish --to NAME puts the site; docs/publishing.md describes the kinds. No secret belongs here.
TARGETS: dict[str, dict[str, object]] = {}
