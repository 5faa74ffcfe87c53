"""Sitemaps held to the schemas beside this file, which are written from what sitemaps.org and
search engines document.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import cast

from lxml import etree


@cache
def _schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(Path(__file__).with_name("sitemap.xsd")))


def faults_of(data: bytes) -> list[str]:
    """What the schemas have against a sitemap."""
    schema = _schema()
    schema.validate(etree.fromstring(data))
    return [f"{fault.line}: {fault.message}" for fault in schema.error_log]  # type: ignore[attr-defined]


def addresses_in(data: bytes) -> list[str]:
    """The addresses that a sitemap names, without those of pictures."""
    found = etree.fromstring(data).xpath("/*/*/*[local-name()='loc']/text()")
    return [str(each) for each in cast(list[str], found)]
