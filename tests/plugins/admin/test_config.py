"""The configuration of the editor: what its own schema says of it, and what the keys of front
matter do.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import brotli
import fastjsonschema
import pytest
from msgspec import Struct

from broadside.config.options import Options, settings_of
from broadside.content.read import read_content, read_options
from broadside.front_matter import fields as check
from broadside.front_matter.data import (
    LISTS_OF_DESK,
    OWN,
    AuthorData,
    BlockData,
    Key,
    PageData,
    SectionData,
    SeriesData,
    SlotData,
    StoryData,
    StoryTypeData,
    keys_in,
)
from broadside.plugins.admin import digests_of_files, editor_file, offered
from broadside.plugins.admin.config import Forge, Offered, configuration
from broadside.plugins.admin.headers import SENT, policy
from broadside.plugins.banner.content import BannerData
from broadside.plugins.roundup.content import RoundupData
from broadside.plugins.sponsors.content import SponsorData
from broadside.plugins.support.content import CampaignData
from broadside.settings import Settings
from broadside.validation import Declared, keys_of
from broadside.words import Language
from tests.sample import NOW, Outlet

SETTINGS = {
    "TIMEZONE": "Europe/Brussels",
    "SITENAME": "Halyard",
    "SITEURL": "https://halyard.example",
}
NAMES = {"section": ["Europe", "Asia"], "sections": ["Europe", "Asia"], "type": ["Analysis"]}
KNOWN = Offered(NAMES, frozenset({0, 1, 3}), LISTS_OF_DESK)
FORGES = {
    "github": Forge("github", "halyard/halyard"),
    "enterprise": Forge("github", "halyard/halyard", "https://git.halyard.example", guests=True),
    "gitlab": Forge("gitlab", "halyard/desk/halyard", app_id="1f", branch="live"),
    "forgejo": Forge("forgejo", "halyard/halyard", "https://git.halyard.example/forge"),
    "direct": Forge("github", "halyard/halyard", review=False),
}


def made(forge: Forge = FORGES["forgejo"], known: Offered = KNOWN) -> dict[str, Any]:
    return configuration(Settings(SETTINGS), forge, known, Language("en").pgettext)


def fields_of(name: str) -> dict[str, dict[str, Any]]:
    """The fields of a collection, or of a file among the lists, by their names."""
    collections = made()["collections"]
    every = [*collections, *(each for part in collections for each in part.get("files", ()))]
    return {
        each["name"]: each
        for each in next(each for each in every if each["name"] == name)["fields"]
    }


@pytest.fixture(scope="module")
def valid() -> Any:
    packed = Path(__file__).with_name("sveltia-cms.schema.json.br")
    return fastjsonschema.compile(json.loads(brotli.decompress(packed.read_bytes())))


@pytest.mark.parametrize("forge", FORGES.values(), ids=FORGES)
def test_it_is_as_the_editors_own_schema_says(forge: Forge, valid: Any) -> None:
    valid(made(forge))
    valid(made(forge, Offered()))


KINDS: dict[str, type[Struct]] = {
    "stories": StoryData,
    "pages": PageData,
    "authors": AuthorData,
    "series": SeriesData,
    "roundups": RoundupData,
}
LISTS: dict[str, type[Struct]] = {
    "sections": SectionData,
    "story_types": StoryTypeData,
    "support": CampaignData,
    "sponsors": SponsorData,
    "banner": BannerData,
}


@pytest.mark.parametrize(("name", "kind"), KINDS.items(), ids=KINDS)
def test_each_source_has_a_field_for_each_key_and_no_other(name: str, kind: type[Struct]) -> None:
    keys = keys_in(kind)
    both = {*keys, *(declared.key.single for declared in keys.values() if declared.key.single)}
    assert fields_of(name).keys() == both | {"body"}


@pytest.mark.parametrize(("name", "kind"), LISTS.items(), ids=LISTS)
def test_each_list_has_a_field_for_each_key_of_its_entries(name: str, kind: type[Struct]) -> None:
    (items,) = fields_of(name).values()
    assert items["root"]
    assert {each["name"] for each in items["fields"]} == keys_in(kind).keys()


def test_the_front_page_has_its_slots_and_blocks() -> None:
    fields = fields_of("front_page")
    assert {each["name"] for each in fields["slots"]["fields"]} == keys_of(SlotData).keys()
    assert {each["name"] for each in fields["blocks"]["fields"]} == keys_of(BlockData).keys()


def declared_fields() -> Iterator[tuple[dict[str, Any], Declared]]:
    for name, kind in (KINDS | LISTS).items():
        fields = fields_of(name)
        fields = (
            {each["name"]: each for each in fields["items"]["fields"]}
            if "items" in fields
            else fields
        )
        for key, declared in keys_in(kind).items():
            yield fields[key], declared


def test_a_field_takes_what_the_check_of_its_key_takes() -> None:
    for field, declared in declared_fields():
        test = declared.key.check
        if field["widget"] == "hidden":
            continue
        # A choice that is not required could be "(None)"; one with a default never is.
        assert field["required"] == (declared.required or "default" in field), field
        if isinstance(test, check.OneOf):
            assert tuple(option["value"] for option in field["options"]) == test.words
        if declared.entry and field["widget"] not in ("string", "relation"):
            assert {each["name"] for each in field["fields"]} == keys_of(declared.entry).keys()
        is_many = field["widget"] == "list" or field.get("multiple", False)
        assert is_many == declared.several, field


@pytest.mark.parametrize("name", ["stories", "pages", "roundups"])
def test_without_a_status_a_file_is_published_and_the_form_says_so(name: str) -> None:
    status = fields_of(name)["status"]
    assert (status["required"], status["default"]) == (True, "published")
    assert "published" in [option["value"] for option in status["options"]]


def test_no_service_is_offered_that_the_policy_blocks() -> None:
    assert made()["media_libraries"]["stock_assets"] is False


def test_a_picture_is_put_where_its_path_says() -> None:
    folders = [each for each in made()["collections"] if "media_folder" in each]
    assert [each["name"] for each in folders if each["name"] in KINDS] == [
        "stories",
        "authors",
        "series",
    ]
    for each in folders:
        written = check.photo_path(f"/{each['public_folder']}/a.jpg")
        assert f"/content/{written}" == f"{each['media_folder']}/a.jpg"


def test_a_key_of_the_outlets_own_has_a_field_that_says_what_it_means() -> None:
    OWN["country"] = Declared(key=Key("where it happened"))
    try:
        assert fields_of("stories")["country"]["hint"] == "Where it happened"
    finally:
        del OWN["country"]


def test_a_key_with_names_in_a_list_chooses_among_them_where_there_is_that_list() -> None:
    OWN["ports"] = Declared(key=Key("where it calls", names_in="sponsors.yml"), several=True)
    OWN["ships"] = Declared(key=Key("what sails", names_in="ships.yml"), several=True)
    try:
        chosen, written = fields_of("stories")["ports"], fields_of("stories")["ships"]
    finally:
        del OWN["ports"], OWN["ships"]
    assert (chosen["widget"], chosen["file"], chosen["multiple"]) == ("relation", "sponsors", True)
    assert written["widget"] == "list"


@pytest.mark.parametrize(
    ("sponsor", "widget"),
    [("Northwind", "string"), ({"name": "Northwind", "url": "https://n.example/"}, "hidden")],
)
def test_what_a_field_for_a_name_would_drop_stays_as_it_is(
    tmp_path: Path, sponsor: Any, widget: str
) -> None:
    outlet = Outlet(tmp_path)
    outlet.story(sponsor=sponsor)
    options = read_options(settings_of(Options(content=str(outlet.content), now=NOW)))
    site: Any = SimpleNamespace(content=read_content(outlet.content, options))
    collections = made(known=offered(site))["collections"]
    (field,) = (each for each in collections[0]["fields"] if each["name"] == "sponsor")
    assert field["widget"] == widget


def test_what_is_said_of_a_storys_keys_is_not_said_of_others() -> None:
    stories, pages = fields_of("stories"), fields_of("pages")
    (corrections,) = [each for each in stories["corrections"]["fields"] if each["name"] == "type"]
    assert corrections["label"] != stories["type"]["label"]
    for other in (*stories["corrections"]["fields"], pages["date"], pages["dek"]):
        assert "publish" not in other.get("hint", ""), other


def test_a_story_chooses_its_series_and_the_stories_of_a_series_have_an_order() -> None:
    chosen = fields_of("stories")["series"]
    assert (chosen["widget"], chosen["collection"], chosen["value_field"]) == (
        "relation",
        "series",
        "name",
    )
    assert fields_of("series")["stories"]["widget"] == "list"


def test_nobody_makes_a_draft_of_a_story_by_opening_it() -> None:
    """The editor fills in a default where a file has no such key, so it may only say what is meant
    without it.
    """
    defaults = [
        (key, field["default"])
        for name in KINDS
        for key, field in fields_of(name).items()
        if "default" in field
    ]
    assert defaults == [("status", "published")] * 3


def test_stories_in_other_folders_can_be_edited_but_not_begun_there() -> None:
    stories = [each for each in made()["collections"] if each["name"].startswith("stories")]
    assert [(each["path"].count("/"), each.get("create", True)) for each in stories] == [
        (1, True),
        (0, False),
        (3, False),
    ]


def test_the_page_may_connect_to_the_forge_and_to_nothing_else() -> None:
    origins = {name: forge.origin for name, forge in FORGES.items()}
    own = "https://git.halyard.example"
    assert origins == {
        "github": "https://api.github.com",
        "enterprise": own,
        "gitlab": "https://gitlab.com",
        "forgejo": own,
        "direct": "https://api.github.com",
    }
    assert f"connect-src 'self' blob: data: {own};" in policy(own)
    assert "frame-ancestors 'none'" in SENT.policy


def test_what_is_saved_is_proposed_where_the_forge_has_a_part_for_that() -> None:
    modes = {name: made(forge)["publish_mode"] for name, forge in FORGES.items()}
    assert [name for name, mode in modes.items() if mode == "editorial_workflow"] == [
        "github",
        "enterprise",
        "gitlab",
    ]


def test_the_editors_files_are_those_that_were_taken() -> None:
    assert {
        name: sha256(editor_file(name, "")).hexdigest() for name in digests_of_files()
    } == digests_of_files()
    assert b"https://cdn." not in editor_file("cms/index.js", "")
    assert b"MIT License" in editor_file("cms/LICENSE.txt", "")
