"""Settings of the site as it goes live: ./inv build --production."""

from pelicanconf import *

SITEURL = "https://halyard.example"
