"""What an outlet's own plugins use of Broadside; docs/plugins.md shows how. Anything not listed here may change with any version."""

from broadside.front_matter.fields import iso_date, language, one_of, page_address, slug, web_address
from broadside.site import Page, Site
from broadside.site.indexes import Index, Listing
from broadside.site.signals import arranged, pages
from broadside.site.story import PlainPage, Story, add_key

__all__ = [
    "Index",
    "Listing",
    "Page",
    "PlainPage",
    "Site",
    "Story",
    "add_key",
    "arranged",
    "iso_date",
    "language",
    "one_of",
    "page_address",
    "pages",
    "slug",
    "web_address",
]
