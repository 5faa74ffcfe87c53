"""The editor at /admin/ as a writer uses it, over a forge whose API has the shape of Forgejo's,
under the headers that servers send.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from bs4 import BeautifulSoup
from msgspec import convert
from msgspec.structs import asdict
from PIL import Image

from broadside.config.options import Options, settings_of
from broadside.content.content import Content
from broadside.content.read import read_content, read_options
from broadside.content.records import Record
from broadside.faults import errors_in
from broadside.plugins.admin.config import Forge as Forges
from broadside.plugins.admin.config import Offered, configuration
from broadside.plugins.admin.headers import SENT
from broadside.publish.headers import Allowed, headers_of
from broadside.settings import Settings
from broadside.words import Language
from tests.browser.conftest import Quiet, built, served
from tests.browser.forge import TOKEN, Forge
from tests.repository import PROJECT
from tests.sample import NOW, Outlet

pytestmark = pytest.mark.browser

REPO, URL = "halyard/halyard", "https://git.halyard.example"
ADMIN = {"forge": "forgejo", "url": URL, "repo": REPO}
TALL = {"width": 1280, "height": 5000}
"""So tall that a whole form is there; the editor makes fields as they come into view."""
SETTINGS = {
    "TIMEZONE": "Europe/Brussels",
    "SITENAME": "Halyard",
    "SITEURL": "https://halyard.example",
}
SLOW, SETTLED = 60_000, 500
EDITORS = Allowed(folders=(SENT,))
SEEN = "Seen by the editor."


class WithHeaders(Quiet):
    """Files with the headers that servers send."""

    def end_headers(self) -> None:
        for name, value in headers_of(
            unquote(urlsplit(self.path).path).lstrip("/"), has_fonts=False, allowed=EDITORS
        ).items():
            self.send_header(name, value)
        super().end_headers()


@pytest.fixture(scope="module")
def outlet(tmp_path_factory: pytest.TempPathFactory) -> Outlet:
    made = Outlet(tmp_path_factory.mktemp("editor"))
    made.author("Jo Smith")
    made.photo()
    made.story(
        "wind", date="2026-11-20T09:00", related=["ice"], topics=["sea law", "wind: a force"]
    )
    made.story(
        "ice", authors=["Ana Pereira", "Jo Smith (translated by)"], sections=["Asia", "Europe"]
    )
    made.write("sponsors.yml", "- name: Northwind\n- name: The Harbour Trust\n")
    made.write("front_page.yml", "slots:\n  - slot: lead\n    story: ice\n")
    made.write(
        "series/rivers.md", "---\nname: Rivers on paper\nstories: [ice]\n---\nThey cross borders.\n"
    )
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
        """Write something at the end of a field. Faster than any writer, the next entry is open
        while the editor is still busy with the one just saved, and then fills in its form once
        more: what was written is written again.
        """
        field = self.field(key)
        for _ in range(20):
            if words.strip() not in field.input_value():
                field.focus()
                field.press("Control+End")
                self.page.keyboard.insert_text(words)
            self.page.wait_for_timeout(SETTLED)
            if words.strip() in field.input_value():
                return

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
    return read_content(folder, read_options(settings_of(Options(now=NOW))))


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


@pytest.mark.parametrize(
    ("admin", "button"),
    [
        ({"forge": "github", "repo": REPO, "guests": True}, "Sign In Using Access Token"),
        ({"forge": "gitlab", "repo": REPO, "app_id": "1f"}, "Sign In with"),
        ({"forge": "forgejo", "repo": REPO, "app_id": "1f"}, "Sign In with"),
    ],
    ids=lambda value: value["forge"] if isinstance(value, dict) else "",
)
def test_the_editor_understands_the_configuration_of_each_forge(
    visit: Any, base: str, admin: dict[str, Any], button: str
) -> None:
    offered = Offered({"section": ["Europe"], "sections": ["Europe"]})
    config = configuration(
        Settings(SETTINGS), convert(admin, Forges), offered, Language("en").pgettext
    )
    visitor = visit(base)
    visitor.context.route("**/admin/config.json*", lambda route: route.fulfill(json=config))
    page = visitor.to("admin/")
    page.get_by_role("button", name=re.compile(button)).wait_for(timeout=SLOW)
    asks_nobody_else = [
        error for error in visitor.errors if "OAuth" not in error and "status" not in error
    ]
    assert (asks_nobody_else, visitor.outside) == (
        [],
        [],
    ), "whether the forge has an incident is asked of others: refused"


def test_an_edit_is_a_commit_of_the_writer_that_changes_nothing_else(
    editor: Editor, forge: Forge, outlet: Outlet, tmp_path: Path
) -> None:
    before = content_of(outlet.content)
    editor.open("stories_0/entries/ice")
    status = editor.page.locator("[data-key-path=status]")
    status.get_by_role("radio", name="Published", checked=True).wait_for()
    assert status.get_by_role("radio", name="(None)").count() == 0
    assert editor.field("date").input_value() == "2026-11-20T09:00", "by the outlet's clock"
    editor.add("\n\nSeen.")
    editor.save()
    assert (
        forge.git("log", "-1", "--format=%an <%ae>").decode().strip()
        == "Ana Pereira <ana@halyard.example>"
    )
    assert forge.changed() == {"content/articles/ice.md": "M"}
    after = content_of(committed(forge, tmp_path / "after"))
    assert errors_in(after.faults) == 0
    assert [record.data for record in after.stories] == [record.data for record in before.stories]
    assert after.stories[0].body.html.endswith("<p>Seen.</p>")


def test_a_new_story_with_its_photo_is_a_draft_that_passes_check_until_it_is_published(
    editor: Editor, forge: Forge, tmp_path: Path
) -> None:
    page = editor.page
    page.get_by_role("button", name="New").first.click()
    page.locator("[data-key-path=title]").wait_for()
    for key, words in {
        "title": "The ice: a road, waiting",
        "dek": 'One sentence, with "quotes" and a #hash.',
        "date": "2026-11-24T18:30",
        "body": "First.\n\n- a\n- b\n\n*[NATO]: North Atlantic Treaty Organization\n\nNATO.",
        "alt": "A grey square.",
        "credit": "Photo by A. Person/Agency",
    }.items():
        editor.field(key).fill(words)
    page.locator("[data-key-path=author]").get_by_role("radio", name="Jo Smith").click()
    page.locator("[data-key-path=section]").get_by_role("radio", name="Asia").click()
    page.locator("[data-key-path=type]").get_by_role("radio", name="Opinion").click()
    picture = tmp_path / "My Picture (1).jpg"
    Image.effect_noise((80, 60), 40).convert("RGB").save(picture)
    page.locator("[data-key-path=photo] input[type=file]").first.set_input_files(picture)
    page.locator("[data-key-path=photo]").get_by_text("picture").wait_for()
    editor.save()
    (file,) = [path for path in forge.changed() if path.endswith(".md")]
    (photo,) = [path for path in forge.changed() if path.endswith(".jpg")]
    assert forge.changed() == {file: "A", photo: "A"}
    assert re.fullmatch(r"content/articles/\d{4}/the-ice-a-road-waiting\.md", file)
    folder = committed(forge, tmp_path / "after")
    content = content_of(folder)
    assert content.faults == []
    (story,) = [record for record in content.stories if record.slug == "the-ice-a-road-waiting"]
    data = story.data
    assert (data.title, data.dek) == (
        "The ice: a road, waiting",
        "One sentence, with “quotes” and a #hash.",
    )
    assert (data.date, data.status) == (
        "2026-11-24T18:30:00+01:00",
        "draft",
    ), "the hour is that of the outlet's zone"
    assert (data.authors, data.sections, data.type) == ([("Jo Smith", "")], ["Asia"], "Opinion")
    assert f"content/{data.photo}" == photo
    assert "<abbr" in story.body.html


def test_a_story_becomes_a_part_of_a_series_and_a_series_stays_as_it_was(
    editor: Editor, forge: Forge, outlet: Outlet, tmp_path: Path
) -> None:
    before = content_of(outlet.content)
    editor.open("series/entries/rivers")
    editor.add(f"\n\n{SEEN}")
    editor.save()
    editor.open("stories_0/entries/wind")
    editor.page.locator("[data-key-path=series]").get_by_role(
        "radio", name="Rivers on paper"
    ).click()
    editor.save()
    after = content_of(committed(forge, tmp_path / "after"))
    assert after.faults == before.faults
    assert [record.data for record in after.series] == [record.data for record in before.series]
    assert {record.slug: record.data.series for record in after.stories} == {
        "ice": "",
        "wind": "Rivers on paper",
    }


def test_a_name_is_chosen_from_the_list_that_its_key_names(
    editor: Editor, forge: Forge, tmp_path: Path
) -> None:
    editor.open("stories_0/entries/wind")
    sponsor = editor.page.locator("[data-key-path=sponsor]")
    sponsor.get_by_role("radio", name="The Harbour Trust").click()
    editor.save()
    after = content_of(committed(forge, tmp_path / "after"))
    assert errors_in(after.faults) == 0
    paid = {record.slug: record.data.paid_by for record in after.stories}
    assert paid == {"ice": "", "wind": "The Harbour Trust"}


def test_the_lists_of_the_desk_keep_their_shape(
    editor: Editor, forge: Forge, outlet: Outlet, tmp_path: Path
) -> None:
    before = content_of(outlet.content)
    editor.open("lists/entries/sections")
    page = editor.page
    page.get_by_role("button", name="Add").first.click()
    editor.field("items.3.name").fill("Polar seas")
    editor.save()
    after = content_of(committed(forge, tmp_path / "after"))
    assert after.faults == []
    sections = [entry.data for entry in after.lists.sections]
    assert sections[:3] == [entry.data for entry in before.lists.sections]
    assert [section.name for section in sections[3:]] == ["Polar seas"]


FOLDER = """async (files) => {
  const top = await (await navigator.storage.getDirectory()).getDirectoryHandle("outlet", { create: true });
  for (const [path, text] of Object.entries(files)) {
    let folder = top;
    const parts = path.split("/");
    for (const part of parts.slice(0, -1)) folder = await folder.getDirectoryHandle(part, { create: true });
    const writer = await (await folder.getFileHandle(parts.at(-1), { create: true })).createWritable();
    await writer.write(text);
    await writer.close();
  }
}"""
PICKER = """window.showDirectoryPicker = async () =>
  (await navigator.storage.getDirectory()).getDirectoryHandle("outlet");"""
READ = """async (path) => {
  let folder = await (await navigator.storage.getDirectory()).getDirectoryHandle("outlet");
  const parts = path.split("/");
  for (const part of parts.slice(0, -1)) folder = await folder.getDirectoryHandle(part);
  return (await (await folder.getFileHandle(parts.at(-1))).getFile()).text();
}"""


def test_a_folder_on_this_machine_is_edited_without_any_forge(
    visit: Any, base: str, forge: Forge, outlet: Outlet
) -> None:
    """The folder is one of the browser's own, because nobody is there to answer its question."""
    files = {
        f"content/{path.relative_to(outlet.content)}": path for path in outlet.content.rglob("*.*")
    }
    texts = {name: path.read_text("utf-8") for name, path in files.items() if path.suffix != ".jpg"}
    visitor = visit(base, viewport=TALL)
    visitor.context.add_init_script(PICKER)
    page = visitor.to("admin/")
    page.evaluate(FOLDER, {".git/HEAD": "ref: refs/heads/main\n", **texts})
    editor = Editor(page, base, forge)
    page.get_by_role("button", name="Work with Local Repository").click()
    page.get_by_role("button", name="New").first.wait_for()
    editor.open("stories_0/entries/wind")
    editor.add("\n\nSeen.")
    page.get_by_role("button", name="Save").first.click()
    page.wait_for_url(lambda address: "/entries/" not in address)
    saved = page.evaluate(READ, "content/articles/wind.md")
    assert saved.endswith("\n\nSeen.\n")
    assert visitor.outside == []


def various(content: Path, records: list[Record[Any]]) -> Iterator[Record[Any]]:
    """The records that have a key, an element or a mark that none before them has, the longest
    first.
    """
    known = set[object]()
    for record in sorted(records, key=lambda one: len(one.body.html), reverse=True):
        keys = {(type(record.data), key) for key, value in asdict(record.data).items() if value}
        elements = {tag.name for tag in BeautifulSoup(record.body.html, "html.parser").find_all()}
        marks = {
            letter for letter in (content / record.path).read_text("utf-8") if not letter.isalnum()
        }
        if new := (keys | elements | marks | {block.kind for block in record.body.blocks}) - known:
            known |= new
            yield record


def test_files_of_the_demo_keep_all_that_was_not_edited(
    visit: Any, demo: str, tmp_path: Path
) -> None:
    """Data and text are compared as check, audit and readers see them."""
    content = PROJECT / "content"
    forge = Forge(tmp_path, content, URL, REPO)
    visitor = visit(demo, viewport=TALL)
    visitor.context.route(f"{URL}/**", forge.answer)
    editor = Editor(visitor.to("admin/"), demo, forge)
    editor.sign_in()
    before = content_of(content)
    kinds = {"articles": "stories"}
    edited = list(various(content, before.records))
    for record in edited:
        folder, _, name = record.path.removesuffix(".md").partition("/")
        editor.open(f"{kinds.get(folder, folder)}/entries/{name}")
        editor.field("body").wait_for()
        editor.add(f"\n\n{SEEN}")
        editor.save()
    after = content_of(committed(forge, tmp_path / "after"))
    assert after.faults == before.faults
    texts = {record.path: record for record in after.records}
    for record in edited:
        saved = texts[record.path]
        assert saved.data == record.data, record.path
        assert (
            saved.body.html.replace(f"<p>{SEEN}</p>\n", "").replace(f"\n<p>{SEEN}</p>", "")
            == record.body.html
        )
