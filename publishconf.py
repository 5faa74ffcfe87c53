"""Settings of the site as it goes live: ./inv build --production."""

from pelicanconf import *  # noqa: F403

SITEURL = "https://halyard.example"
