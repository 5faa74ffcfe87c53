"""The editor at /admin/ as a writer uses it, over a forge whose API has the shape of Forgejo's, under the headers that servers send."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from msgspec.structs import replace

from broadside.desk.options import Options, settings_of
from broadside.desk.publish.headers import headers_of
from broadside.plugins.content.content import Content
from broadside.plugins.content.read import read_content, read_options
from broadside.plugins.faults import errors_in
from tests.browser.conftest import Quiet, built, served
from tests.browser.forge import TOKEN, Forge
from tests.outlet import NOW, Outlet

pytestmark = pytest.mark.browser

REPO, URL = "halyard/halyard", "https://git.halyard.example"
ADMIN = {"forge": "forgejo", "url": URL, "repo": REPO}
TALL = {"width": 1280, "height": 5000}
"""So tall that a whole form is there; the editor makes fields as they come into view."""
SLOW = 60_000


class WithHeaders(Quiet):
    """Files with the headers that servers send."""

    def end_headers(self) -> None:
        for name, value in headers_of(unquote(urlsplit(self.path).path).lstrip("/"), has_fonts=False).items():
            self.send_header(name, value)
        super().end_headers()


@pytest.fixture(scope="module")
def outlet(tmp_path_factory: pytest.TempPathFactory) -> Outlet:
    made = Outlet(tmp_path_factory.mktemp("editor"))
    made.author("Jo Smith")
    made.photo()
    made.story("wind", date="2026-11-20T09:00", related=["ice"], topics=["sea law", "wind: a force"])
    made.story("ice", authors=["Ana Pereira", "Jo Smith (translated by)"], sections=["Asia", "Europe"])
    made.write("front_page.yml", "slots:\n  - slot: lead\n    story: ice\n")
    return made


@pytest.fixture(scope="module")
def base(outlet: Outlet) -> Iterator[str]:
    with served(built(outlet.content, outlet.output, ADMIN=ADMIN), WithHeaders) as address:
        yield address


@pytest.fixture
def forge(outlet: Outlet, tmp_path: Path) -> Forge:
    return Forge(tmp_path, outlet.content, URL, REPO)


class Editor:
    """The editor in a browser, signed in."""

    def __init__(self, page: Any, base: str, forge: Forge) -> None:
        self.page, self.base, self.forge = page, base, forge
        page.set_default_timeout(SLOW)

    def sign_in(self) -> None:
        self.page.get_by_role("button", name="Sign In Using Access Token").click()
        self.page.get_by_role("textbox").fill(TOKEN)
        self.page.keyboard.press("Enter")
        self.page.get_by_role("button", name="New").first.wait_for()

    def open(self, place: str) -> None:
        """Open an entry, a file or a new entry by its place in the editor."""
        self.page.evaluate("place => { location.hash = place }", f"#/collections/{place}")
        self.page.locator("[data-key-path]").first.wait_for()

    def field(self, key: str) -> Any:
        """Where the value of a key is written."""
        return self.page.locator(f'[data-key-path="{key}"]').locator("input, textarea").first

    def add(self, words: str, key: str = "body") -> None:
        """Write something at the end of a field."""
        field = self.field(key)
        field.focus()
        field.press("Control+End")
        self.page.keyboard.insert_text(words)

    def choose(self, key: str, option: str) -> None:
        """Choose from a list."""
        self.page.locator(f'[data-key-path="{key}"] [role=combobox]').first.click()
        self.page.get_by_role("option", name=option, exact=True).click()

    def save(self) -> None:
        """Save, and wait until the forge has it and the list is there again."""
        with self.page.expect_response(
            lambda answer: answer.request.method == "POST" and answer.url.startswith(URL)
        ) as saved:
            self.page.get_by_role("button", name="Save").first.click()
        assert saved.value.ok
        self.page.wait_for_url(lambda address: "/entries/" not in address and "/new" not in address)


@pytest.fixture
def editor(visit: Any, base: str, forge: Forge) -> Iterator[Editor]:
    visitor = visit(base, viewport=TALL, timezone_id="America/New_York")
    visitor.context.route(f"{URL}/**", forge.answer)
    made = Editor(visitor.to("admin/"), base, forge)
    made.sign_in()
    yield made
    told = [error for error in visitor.errors if "OAuth application ID is not defined" not in error]
    assert (told, visitor.outside) == ([], [])


def content_of(folder: Path) -> Content:
    return read_content(folder, replace(read_options(settings_of(Options(now=NOW)))))


def committed(forge: Forge, folder: Path) -> Path:
    """The content folder as the forge has it."""
    subprocess.run(["git", "clone", "-q", str(forge.git_folder), str(folder)], check=True)
    return folder / "content"


def test_a_wrong_token_opens_nothing(visit: Any, base: str, forge: Forge) -> None:
    visitor = visit(base)
    visitor.context.route(f"{URL}/**", forge.answer)
    page = visitor.to("admin/")
    page.set_default_timeout(SLOW)
    page.get_by_role("button", name="Sign In Using Access Token").click()
    page.get_by_role("textbox").fill("another")
    page.keyboard.press("Enter")
    page.get_by_text("The provided token is invalid").wait_for()
    assert {line.split("/api/v1")[1] for line in forge.asked} == {"/user"}


def test_an_edit_is_a_commit_of_the_writer_that_changes_nothing_else(
    editor: Editor, forge: Forge, outlet: Outlet, tmp_path: Path
) -> None:
    before = content_of(outlet.content)
    editor.open("stories_0/entries/ice")
    editor.add("\n\nSeen.")
    editor.save()
    assert forge.git("log", "-1", "--format=%an <%ae>").decode().strip() == "Ana Pereira <ana@halyard.example>"
    assert forge.changed() == {"content/articles/ice.md": "M"}
    after = content_of(committed(forge, tmp_path / "after"))
    assert errors_in(after.faults) == 0
    assert [record.data for record in after.stories] == [record.data for record in before.stories]
    assert after.stories[0].body.html.endswith("<p>Seen.</p>")
