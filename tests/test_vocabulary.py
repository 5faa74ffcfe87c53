"""The vocabulary is what templates really use."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, meta

from broadside.dates import DATES
from broadside.front_matter.vocabulary import PAGE_CONTEXT, SITE_CONTEXT
from broadside.words import Catalogs, equip, functions

ROOT = Path(__file__).parent.parent
TEMPLATES = ROOT / "theme" / "templates"
FILTERS = (
    *(
        "body", "changed", "chart_key", "chart_number", "chart_rows", "collection_data", "copy", "credit_line", "cut", "drawn",
        "extras", "how_made", "index_data", "is_rtl", "json_ld", "laid_out", "part_of_ai", "series_data", "story_data",
    ),
)  # fmt: skip

FOR_OUTLETS = {"static_urls"}
"""Names that are there for an outlet's own templates; the theme uses none of them."""


def free_names() -> set[str]:
    environment = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True)
    equip(environment, Catalogs())
    environment.filters |= dict.fromkeys((*DATES, *FILTERS), str)
    names: set[str] = set()
    for path in TEMPLATES.rglob("*.html"):
        names |= meta.find_undeclared_variables(environment.parse(path.read_text("utf-8")))
    return names


def test_templates_use_only_names_of_the_vocabulary_and_settings() -> None:
    macros = {path.stem for path in (TEMPLATES / "components").glob("*.html")}
    macros |= {*functions(Catalogs()), "dated", "names", "script_words", "of_words"}
    macros |= {"page_links", "period_of", "once", "front_data", "of_story", "of_site", "lead_sizes", "entries", "entry"}
    macros |= {"series_label", "part_of", "extra_styles", "extra_scripts", "kind_of", "kinds_of", "rated", "notice"}
    macros |= {"story_link", "paid_by", "paid_styles"}
    assert {name for name in free_names() if not name.isupper()} - macros <= SITE_CONTEXT.keys() | PAGE_CONTEXT.keys()


def test_every_name_of_the_vocabulary_is_used_by_a_template() -> None:
    assert (SITE_CONTEXT.keys() | PAGE_CONTEXT.keys()) - free_names() == FOR_OUTLETS
