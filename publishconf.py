"""Settings of the live site: ./inv build --production."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parent.resolve()))

import pelicanconf
from pelicanconf import *

# import * leaves out names that begin with _, which are yours.
globals().update({name: value for name, value in vars(pelicanconf).items() if name.isupper()})

SITEURL = "https://halyard.example"
CARDS = True
