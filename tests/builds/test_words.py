"""Every word that is ours is a message: a site whose words are all in brackets, and whose stories
are in Greek, has no other Latin word.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import polib
import pytest
from bs4 import BeautifulSoup
from bs4.element import PreformattedString

from broadside.outlet.translating import CATALOGS
from broadside.words import ENGLISH_CLOSES, ENGLISH_OPENS, Catalogs
from tests.checkout import checkout
from tests.examples import languages
from tests.newsroom import Newsroom
from tests.plugins.recordings.test_site import sound
from tests.repository import PROJECT
from tests.sample import NOW, Outlet, differing

SETTINGS = """
DEFAULT_LANG = "eo"
OUTLET_THEME = "theme"
THEME_TEMPLATES_OVERRIDES = []
SITENAME, SITESUBTITLE = "Αίολος", "Ο κόσμος"
SOCIAL = [("Εδώ", "https://example.com/")]
SHARE = [("Αλλού", "https://example.com/?u={url}")]
NEWSLETTER = {"action": "https://example.com/", "field": "email", "title": "Γράμμα", "text": "Κάθε εβδομάδα."}
SUPPORT = {"title": "Στήριξη", "text": "Βοηθήστε.", "button": "Δώστε", "action": "https://example.com/", "field": "a"}
SUPPORT |= {"amounts": [("€5", "5")], "monthly": {"amounts": [("€3", "3")]}}
MENUITEMS = ["sections", ("Εμείς", "emeis/")]
LINKS = [("Εμείς", "emeis/")]
FOOTER_LINKS = [("Εμείς", "emeis/")]
REPUBLISH = {"license": "ΑΔ 4", "license_url": "https://example.com/l", "rules": ["Γράψτε το όνομα."]}
POLICIES = AI_USE = {}
PREFERRED_SOURCE = SOURCES_BELOW = True
VERSIONS = "2026-01-01"
SOURCES, BOOKS = "sources.json", ["issue"]
SIGNED_BY = ["ssh-ed25519 AAAA"]
EMBEDS = ["example.com"]
LICENSE_TEXT = "Όροι"
ADDRESS = "Λιμάνι 4"
LETTERS_MAIL = FEEDBACK_MAIL = "w@aeolus.example"
COUNT_REPLIES = ["forum.example"]
ROUNDUP = {"sender": "Αίολος <w@aeolus.example>", "address": "Λιμάνι 4", "unsubscribe": "https://example.com/u"}
"""
TEXT = """\
Η θάλασσα.[^1]

[!video] [Το λιμάνι](https://example.com/w/8vKqYb3nDw5RzT2mXcJ7Ls){still="photos/harbour.jpg" credit="Κ. Λ."}

![Ένα πλοίο.](photos/harbour.jpg){caption="Η αυγή" credit="Κ. Λ."}

Τρίτη.

Τέταρτη.

> [!gallery] Τα πλοία
> ![Ένα.](photos/harbour.jpg){credit="Κ. Λ."}
> ![Δύο.](photos/harbour.jpg){caption="Το λιμάνι" credit="Κ. Λ."}

[^1]: Μια σημείωση.

![Μια γραμμή.](data/x.csv){title="Τα πλοία" source="Λιμάνι"}
"""
OF_OUTLET = ".newsletter, .support-call, .series-line:not(:has(a))"
"""What stands within a story in the outlet's words: how to get the letter, why to give, and what a
debate is about.
"""
WORD = re.compile(r"[A-Za-z]{2,}")
BRACKETS = re.compile(r"⟦[^⟦⟧]*⟧")
NO_WORDS = re.compile(
    r"(?:https?://|mailto:|/|www\.)\S*|<[^>]*>|&\w+;|\S+@\S+|\S+\.(?:com|example|html)\b|\d{4}-\d\d-\d\d\S*|(?:audio|application)/\w+|PT[\dHMS]+"
)
NAMES = {"RSS", "HTML", "WAV", "PDF", "KB", "kB", "Broadside", "Mastodon"}
SHOWN = (
    "alt",
    "title",
    "aria-label",
    "placeholder",
    "data-label",
    "data-done",
    "data-said",
    "data-selected",
)
TECHNICAL = {
    "viewport",
    "robots",
    "theme-color",
    "twitter:card",
    "og:type",
    "color-scheme",
    "supported-color-schemes",
}
WITH_HTML = ("content", "encoded", "description", "summary")
DATES = {
    "pubDate",
    "lastBuildDate",
    "language",
    "generator",
    "uri",
    "id",
    "guid",
    "link",
    "explicit",
    "type",
    "locked",
}


def bare(text: str) -> list[str]:
    """The Latin words that stand in no brackets and in no address."""
    while text != (text := BRACKETS.sub(" ", text)):
        pass
    return [word for word in WORD.findall(NO_WORDS.sub(" ", text)) if word not in NAMES]


def bracketed() -> str:
    """A catalog in which every word is in brackets."""
    catalog = polib.pofile(str(CATALOGS / "en.po"))
    catalog.metadata["Language"] = "eo"
    for entry in catalog:
        if entry.msgid_plural:
            entry.msgstr_plural = {0: f"⟦{entry.msgid}⟧", 1: f"⟦{entry.msgid_plural}⟧"}
        elif entry.msgctxt != "number":
            entry.msgstr = f"⟦{entry.msgid}⟧"
    return str(catalog)


def special(outlet: Outlet, usual: dict[str, Any]) -> None:
    """Write stories that were paid for, that run, and that say how they were made, and a
    blogroll.
    """
    outlet.story("theta", title="Θήτα", sponsor="Ναυτιλία", body="Λίγα.", **usual)
    covered = "Λίγα.\n\n## 09:10 Ανοίγει\n\nΛίγα.\n\n## 14:05 Κλείνει\n\nΛίγα."
    outlet.story("iota", title="Γιώτα", live="running", body=covered, **usual)
    outlet.story("kappa", title="Κάππα", live="over", body=covered, **usual)
    made: dict[str, Any] = {
        "method": "Εκεί.",
        "sources": [{"label": "Χάρτης"}],
        "conflicts": "Κανείς.",
        "checked_by": "Άννα",
    }
    outlet.story(
        "xi",
        title="Ξι",
        **usual | {"author": "Μάρα"},
        ai="generated",
        **made,
        answers="alpha",
        body="Λίγα.",
    )
    outlet.story("pi", title="Πι", **usual, ai="assisted", ai_for="Μέτρησε.", body="Λίγα.")
    outlet.story(
        "rho",
        title="Ρω",
        **usual,
        ai="none",
        body="Λίγα.",
        discussion="https://forum.example/@rho/1",
    )
    outlet.file("report.pdf", b"%PDF-1.4\n%%EOF\n")
    outlet.story("sigma", title="Σίγμα", **usual, body="Λίγα.", file="files/report.pdf")
    outlet.write(
        "blogroll.opml",
        '<opml><body><outline text="Κύμα" xmlUrl="https://kyma.example/feed"/></body></opml>',
    )


def with_sources(outlet: Newsroom, usual: dict[str, Any]) -> None:
    """Write a story that links to a page that is gone."""
    page = "https://gone.example/"
    outlet.story("phi", title="Φι", **usual, body=f"[Λίγα]({page}).")
    gone = {"status": 404, "seen": "2026-11-01", "failing": "2026-11-02", "asked": "2026-11-22"}
    said = {"stories": ["articles/phi.md"], "title": "Χάρτης", "copy": "https://copy.example/"}
    (outlet.project / "sources.json").write_text(json.dumps({page: gone | said}), "utf-8")


def with_past(outlet: Newsroom, usual: dict[str, Any]) -> None:
    """Write a story that was updated, one whose earlier versions are hidden, and one that links to
    a page that is gone.
    """
    with_sources(outlet, usual)
    outlet.story("tau", title="Ταυ", **usual, body="Λίγα.")
    outlet.commit()
    outlet.story("tau", title="Ταυ", **usual, body="Λίγα.", updated="2026-11-22")
    hidden = {"history": "none", "history_reason": "Κανείς.", "updated": "2026-11-22"}
    outlet.story("ypsilon", title="Ύψιλον", **usual, body="Λίγα.", **hidden)


@pytest.fixture(scope="module")
def pseudo(tmp_path_factory: pytest.TempPathFactory) -> Outlet:
    """An outlet in Greek, with one of everything, and its site in brackets."""
    path = tmp_path_factory.mktemp("pseudo")
    project = checkout(path / "project", SETTINGS)
    (project / "theme" / "words").mkdir(parents=True)
    (project / "theme" / "words" / "eo.po").write_text(bracketed(), "utf-8")
    outlet = Newsroom(path, project)
    outlet.photo()
    outlet.write("data/x.csv", "Έτος,Πλοία\n2015,1\n2025,2\n")
    outlet.photo("art.png", size=(1400, 1400))
    outlet.file("alpha.wav", sound(5))
    heard = (
        "description: Εδώ.\n  podcast: {category: Politics, picture: photos/art.png, email:"
        " w@aeolus.example}"
    )
    outlet.write("sections.yml", f"- name: Ευρώπη\n  {heard}\n- name: Σύντομα\n  rail: briefs\n")
    outlet.write(
        "front_page.yml",
        "blocks:\n- {block: latest, stories: 1}\n- block: trio\n- block: series\n- block:"
        " sponsored\n- block: sections\n",
    )
    outlet.write("story_types.yml", "- name: Ανάλυση\n  description: Τι σημαίνει.\n")
    (outlet.content / "authors" / "ana-pereira.md").unlink()
    outlet.author(
        "Άννα",
        "Γράφει.",
        links=["mailto:a@example.com"],
        expertise=["Λιμάνια", "Πλοία"],
        role="Ανταποκρίτρια",
        group="staff",
    )
    outlet.author("Νίκος", "Μεταφράζει.", group="emeritus")
    outlet.author("Ρένα", "Μεταφράζει.", group="columnist")
    outlet.author("Μάρα", "Γράφει.", group="contributor")
    usual: dict[str, Any] = {
        "section": "Ευρώπη",
        "type": "Ανάλυση",
        "author": "Άννα",
        "dek": "Ένα.",
        "topics": ["Θάλασσα"],
    }
    photo = {
        "photo": "photos/harbour.jpg",
        "alt": "Γερανοί.",
        "caption": "Το λιμάνι",
        "credit": "Κ. Λ.",
    }
    kinds = ("correction", "clarification", "update", "editor's note")
    notes = [
        {"date": f"2026-11-2{i}", "type": kind, "text": "Πέντε."} for i, kind in enumerate(kinds)
    ]
    outlet.story(
        "alpha",
        body=TEXT,
        title="Άλφα",
        corrections=notes,
        updated="2026-11-22T10:00",
        authors=["Άννα", "Νίκος", "Ρένα (μετάφραση)"],
        redirect_from=["/old/alpha/"],
        audio="files/alpha.wav",
        chapters=["0:00 Πρώτα"],
        **photo,
        **{key: value for key, value in usual.items() if key != "author"},
    )
    outlet.write("series/nero.md", "---\nname: Νερό\nform: series\n---\nΛίγα λόγια.\n")
    outlet.write(
        "series/anoixi.md", "---\nname: Άνοιξη\nform: issue\nnumber: 3\n---\nΛίγα λόγια.\n"
    )
    for number in range(5):
        part = {"series": "Νερό" if number < 3 else "Άνοιξη"}
        outlet.story(f"beta-{number}", body=TEXT, title=f"Βήτα {number}", **usual, **photo, **part)
    outlet.story(
        "gamma", title="Γάμμα", date="2026-11-23", **usual | {"section": "Σύντομα"}, body="Λίγα."
    )
    book = {
        "kind": "book",
        "title": "Βιβλίο",
        "makers": ["Μάνος"],
        "year": "2026",
        "rating": "3.5 of 5",
    }
    outlet.story(
        "omega", title="Ωμέγα", **usual | {"date": "2026-11-17"}, body="Λίγα.", reviews=[book]
    )
    outlet.write("banner.yml", "- text: Μετακομίζουμε.\n")
    outlet.write(
        "series/e.md",
        "---\nname: Στήλη\nform: column\nauthor: Άννα\nrhythm: Παρασκευές\nstories: [beta-0,"
        " beta-1, beta-2]\n---\n",
    )
    outlet.write(
        "series/f.md",
        "---\nname: Διάλογος\nform: debate\nmotion: Ναι.\nsides: [{name: Υπέρ, stories: [beta-0]}, "
        "{name: Κατά, stories: [beta-1]}]\nstories: [beta-2]\n---\n",
    )
    outlet.story(
        "delta",
        title="Δέλτα",
        status="withdrawn",
        updated="2026-11-22",
        date="2026-11-19",
        body="Λίγα.",
        **usual,
    )
    more = (
        f"description: Τι.\n{''.join(f'{key}: {value}{chr(10)}' for key, value in photo.items())}"
    )
    outlet.write(
        "series/a.md", f"---\nname: Σειρά\n{more}stories: [beta-0, beta-1, beta-2]\n---\nΛίγα.\n"
    )
    outlet.write("series/b.md", "---\nname: Φάκελος\nform: dossier\nstories: [beta-0]\n---\n")
    for stem, told in (("c", "number: 12\n"), ("d", "cover_date: Χειμώνας\n")):
        issue = f"name: Τεύχος\nform: issue\n{told}stories: [beta-2, beta-3, beta-4]\n"
        outlet.write(f"series/{stem}.md", f"---\n{issue.replace('Τεύχος', f'Τεύχος {stem}')}---\n")
    special(outlet, usual)
    with_past(outlet, usual)
    outlet.story("epsilon", title="Έψιλον", status="draft", body="Λίγα.", **usual)
    outlet.story("zeta", title="Ζήτα", **usual | {"date": "2027-01-01T09:00"}, body="Λίγα.")
    long = "\n\n".join(f"## Μέρος {part}\n\n{'Η θάλασσα είναι ήσυχη. ' * 130}" for part in "αβγδ")
    outlet.story("eta", title="Ήτα", **usual | {"date": "2026-11-18"}, body=long)
    outlet.page("emeis", "Εμείς.", title="Εμείς")
    outlet.roundup("2026-11-24", "Μια σημείωση.", title="Εβδομάδα", dek="Τι έγινε.")
    done = outlet.rebuild(drafts=True)
    assert "published," in done, done
    return outlet


def texts_of_page(html: str) -> Iterator[str]:
    soup = BeautifulSoup(html, "lxml")
    for command in soup.select('code[lang="en"]'):
        command.decompose()
    for script in soup.find_all(["script", "style"]):
        if script.get("type") == "application/ld+json":
            yield from texts_of_data(json.loads(script.get_text()))
        script.decompose()
    yield soup.get_text(" ")
    for tag in soup.find_all(True):
        yield from (str(tag[name]) for name in SHOWN if tag.get(name))
        if said := tag.get("data-words"):
            yield from texts_of_data(json.loads(str(said)))
        if (
            tag.name == "meta"
            and not tag.get("http-equiv")
            and (tag.get("name") or tag.get("property")) not in TECHNICAL
        ):
            yield str(tag.get("content") or "")
    for area in soup.find_all("textarea"):
        yield from texts_of_page(area.get_text())


def texts_of_data(data: Any) -> Iterator[str]:
    if isinstance(data, dict):
        for key, value in data.items():
            if not key.startswith("@") and key not in ("inLanguage", "language"):
                yield from texts_of_page(value) if key == "content_html" else texts_of_data(value)
    elif isinstance(data, list):
        for value in data:
            yield from texts_of_data(value)
    elif isinstance(data, str):
        yield data


def texts_of_xml(text: str) -> Iterator[str]:
    for tag in BeautifulSoup(text, "xml").find_all(True):
        if tag.name == "p":
            yield tag.get_text(" ")
        elif tag.name not in DATES and tag.parent and tag.parent.name != "p":
            own = "".join(tag.find_all(string=True, recursive=False))
            yield from texts_of_page(own) if tag.name in WITH_HTML else [own]


def test_no_page_feed_or_script_has_a_word_that_no_catalog_has(pseudo: Outlet) -> None:
    found: dict[str, set[str]] = {}
    for name, data in pseudo.files().items():
        if name.startswith(("pagefind/", "photos/", "cards/", "sitemaps/", "admin/")) or name in (
            "sitemap.xml",
            "news-sitemap.xml",
            "2026/11/tau/versions/versions.json",
        ):
            continue
        if name.endswith(".html"):
            texts = list(texts_of_page(data.decode()))
        elif name.endswith((".json", ".webmanifest")):
            texts = list(texts_of_data(json.loads(data)))
        elif name.endswith(".xml"):
            texts = list(texts_of_xml(data.decode()))
        elif name.endswith(".css"):
            texts = re.findall(r"content:\s*\"([^\"]*)\"", data.decode())
        else:
            continue
        for text in texts:
            if words := bare(text):
                found.setdefault(" ".join(words), set()).add(name)
    assert {what: sorted(names)[:3] for what, names in found.items()} == {}


def test_words_without_a_translation_are_english_where_an_element_can_say_so(
    pseudo: Outlet, tmp_path: Path
) -> None:
    outlet = pseudo.copy(tmp_path, checkout(tmp_path / "project", SETTINGS))
    shutil.rmtree(outlet.project / "theme" / "words", ignore_errors=True)
    done = outlet.rebuild(drafts=True)
    assert "published," in done, done
    found: dict[str, str] = {}
    for name, data in outlet.files().items():
        assert not any(sign.encode() in data for sign in (ENGLISH_OPENS, ENGLISH_CLOSES)), name
        assert b"\\ue00" not in data
        if name.endswith(".html") and not name.startswith("admin/"):
            page = BeautifulSoup(data, "lxml")
            for text in (page.body or page).find_all(string=True):
                within = next((each["lang"] for each in text.parents if each.get("lang")), "")
                hidden = {"script", "style", "textarea", "option", "title"} & {
                    each.name for each in text.parents
                }
                if (
                    within != "en"
                    and not hidden
                    and not isinstance(text, PreformattedString)
                    and (words := bare(str(text)))
                ):
                    found.setdefault(" ".join(words), name)
            assert not page.select('[aria-label*="<"], [title*="<"], title span, option span')
    assert found == {}


def test_what_was_read_had_everything(pseudo: Outlet) -> None:
    """If a kind of page were not made, its words would not have been looked at."""
    pages = "".join(
        data.decode(errors="ignore")  # a book has texts, uncompressed, and pictures
        for name, data in pseudo.files().items()
        if name.endswith((".html", ".xml", ".json", ".epub"))
    )
    pages = re.sub(r"\\u([0-9a-f]{4})", lambda code: chr(int(code[1], 16)), pages)
    templates = (PROJECT / "theme" / "templates").rglob("*.html")
    said = {
        word
        for path in templates
        for word in re.findall(r'\b(?:_|ngettext)\("([^"]+)"', path.read_text("utf-8"))
    }
    unseen = {word for word in said if f"⟦{word.partition('%(')[0]}" not in pages}
    # for an empty site, for one without an index or with a photo to give away, and for one or many
    rare = {
        *(
            "Nothing here yet.",
            "No corrections so far.",
            "Notes",
            "See note",
            "In another language:",
            "In other languages:",
        ),
        *(
            "Contact and RSS",
            "Sections",
            "Newer stories",
            "Older stories",
            "Pages",
            "All types",
            "All years",
            "Next page",
            "Previous page",
            "Latest stories",
            "We have withdrawn this story.",
            "Next page",
            "Previous page",
        ),
        *(
            "Your words go to %(engine)s, an outside engine, which is asked about %(site)s only.",
            "Held",
        ),
        *("Stories from %(period)s", "In brief", "%(held)s until %(date)s."),
        "One of this story’s photos is not in the copy: the rights are not ours to give.",
        "We count how often each page is read with %(service)s, at %(site)s, without cookies.",
    }
    assert unseen - rare == set()


def test_scripts_have_no_sentences() -> None:
    for path in (PROJECT / "theme" / "static" / "js").glob("*.js"):
        code = re.sub(r"^\s*//.*$|\s// .*$", "", path.read_text("utf-8"), flags=re.M)
        assert (
            re.findall(
                r"[\"'`][^\"'`\n]*\b[A-Za-z]{2,} [a-z]{2,}"
                r" [a-z]{2,}[^\"'`\n]*[\"'`]|[\"'`][A-Z][a-z]+[ .…]",
                code,
            )
            == []
        )


def test_no_mail_has_a_word_that_no_catalog_has(pseudo: Outlet) -> None:
    done = pseudo.run(
        "roundup", "--content", str(pseudo.content), "--to", str(pseudo.path / "mail"), "--now", NOW
    )
    assert done.returncode == 0, done.stderr
    mail = message_from_bytes(
        (pseudo.path / "mail" / "roundup.eml").read_bytes(), policy=policy.default
    )
    assert bare(str(mail["Subject"])) == []
    html, text = mail.get_body(("html",)), mail.get_body(("plain",))
    assert html
    assert text
    shown = BeautifulSoup(html.get_content(), "lxml")
    for hidden in shown(["style", "title"]):
        hidden.decompose()
    assert bare(shown.get_text(" ")) == []
    assert [word for word in bare(text.get_content()) if word not in ("unsubscribe", "url")] == []


def test_a_changed_word_makes_its_pages_anew_and_nothing_else_changes_them(
    pseudo: Outlet, tmp_path: Path
) -> None:
    outlet = pseudo.copy(tmp_path, checkout(tmp_path / "project", SETTINGS))
    own = outlet.project / "theme" / "words" / "eo.po"
    own.parent.mkdir(parents=True)
    own.write_text(bracketed(), "utf-8")
    outlet.rebuild(drafts=True)
    before = outlet.files()
    assert " 0 pages written" in outlet.rebuild(drafts=True)
    own.write_text(bracketed().replace("⟦Keep reading⟧", "⟦Read on⟧"), "utf-8")
    outlet.rebuild(drafts=True)
    changed = differing(before, outlet.files())
    assert "2026/11/alpha/index.html" in changed
    assert "⟦Read on⟧" in outlet.html("2026/11/alpha/").get_text()
    own.write_text(bracketed() + '\nmsgid "Archive"\nmsgstr "%(broken)s"\n', "utf-8")
    assert ": error: words: " in outlet.rebuild(drafts=True)


def test_a_story_has_words_of_its_language_and_the_page_those_of_the_outlet(tmp_path: Path) -> None:
    outlet = Outlet(tmp_path)
    outlet.photo()
    text = "\n\n".join(["Uno."] * 6)
    shown: dict[str, Any] = {"photo": "photos/harbour.jpg", "alt": "Puerto.", "credit": "A. P."}
    outlet.story("uno", lang="es", body=text, related=["dos"], **shown)
    outlet.story("dos", lang="ar", title="العبّارة", body=text, related=["tres"], **shown)
    outlet.story("tres", lang="uk", body=text, related=["uno"], **shown)
    assert "published," in outlet.rebuild()
    page = outlet.html("2026/11/uno/")
    story, below = (
        page.select_one("main > article.story"),
        page.select_one(".stream .story[lang=ar]"),
    )
    assert story
    assert below
    assert page.html
    assert page.html["lang"] == "en"
    assert [each.get_text() for each in story.select(".byline")] == ["Por Ana Pereira"]
    assert [each.get_text() for each in story.select(".dateline span time")] == [
        "20 de noviembre de 2026, 09:00"
    ]
    assert [each.get_text() for each in story.select(".credit-label")] == ["Foto de apertura:"]
    assert [each["lang"] for each in story.select(".byline, .dateline, .credit-label")] == [
        "es"
    ] * 3
    assert next(each.get_text() for each in story.select(".share a")) == "Correo"
    summary = below.select_one("summary")
    assert summary
    assert summary.get_text().startswith("تابع القراءة")
    assert [(each["lang"], each["dir"]) for each in below.select(".byline")] == [("ar", "rtl")]
    ukrainian = outlet.html("2026/11/tres/").select("main > article .byline")
    assert [(each.get_text(), each["lang"]) for each in ukrainian] == [("By Ana Pereira", "en")]
    assert "Foto de apertura: A. P." in outlet.files()["feed.xml"].decode()


@pytest.mark.parametrize("lang", languages("ar"))
def test_all_that_the_theme_says_with_a_story_is_in_its_language(
    pseudo: Outlet, tmp_path: Path, lang: str
) -> None:
    """The outlet's own words are all in brackets."""
    outlet = pseudo.copy(tmp_path, pseudo.project)
    for path in outlet.content.glob("articles/**/*.md"):
        path.write_text(
            path.read_text("utf-8").replace("---\n", f"---\nlang: {lang}\n", 1), "utf-8"
        )
    assert "published," in outlet.rebuild()
    found: dict[str, str] = {}
    seen = 0
    for name in (name for name in outlet.files() if name.endswith("index.html")):
        page = outlet.html(name)
        for of_outlet in page.select(OF_OUTLET):
            of_outlet.decompose()
        for story in page.select("article.story, article.teaser, article.withdrawn"):
            seen += 1
            said = " ".join(texts_of_page(str(story)))
            found |= dict.fromkeys(BRACKETS.findall(said), name)
    assert found == {}
    assert seen > 20


@pytest.mark.parametrize("lang", [lang for lang in languages("ar") if lang.values != ("en",)])
def test_a_site_in_each_language_can_be_built(tmp_path: Path, lang: str) -> None:
    outlet = Outlet(tmp_path)
    outlet.story()
    assert "published," in outlet.rebuild(settings={"DEFAULT_LANG": lang.lower()})
    html = outlet.html("").html
    assert html
    assert (html["lang"], html["dir"]) == (lang.lower(), "rtl" if lang == "ar" else "ltr")
    assert Catalogs().of(lang).gettext("Skip to content") in html.get_text()
