"""What each component prints, and the forms that an outside check relies on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from bs4 import BeautifulSoup, Tag
from jinja2 import Environment
from msgspec.structs import replace

from broadside.content.terms import Byline, Translation
from broadside.media.photos import Crop, credit_line
from broadside.plugins.indexes.numbering import Pagination
from broadside.plugins.styleguide.command.guide import environment as theme_environment
from broadside.site.story_page import page_values
from tests.theme.conftest import SITE, STAGE

MARKS = (
    'class="sections"', 'class="follow"', "<h1", 'class="dek"', 'class="kicker"', 'class="byline"',
    "<time", "photo--lead", "Top photo credit:", "story-body", 'class="topics"', "author-bio", 'class="share"', 'class="stream"',
    'data-rail="latest"',
)  # fmt: skip
"""A story page from top to bottom, as DESIGN.md section 2 has a reader meet it."""

Macro = Callable[..., str]


def soup(html: str) -> BeautifulSoup:
    return BeautifulSoup(html, "html.parser")


def one(where: Tag, selector: str) -> Tag:
    """The first element that a selector finds, which there must be."""
    found = where.select_one(selector)
    assert found is not None, f"{selector} is not in {where}"
    return found


def staged(story: Any) -> dict[str, Any]:
    """What the page of a story of the stage is handed; it has what templates ask for, but is no
    Story.
    """
    return page_values(story)


def test_a_kicker_says_nothing_twice(macro: Macro) -> None:
    """A type with which a section's name begins, as "Brief" begins "Briefs", is left out."""
    for name in ("Analysis", "Analysis and comment"):
        section = STAGE.section(name)
        assert soup(macro("kicker", STAGE.story(sections=[section]))).get_text() == name
        assert macro("kicker", STAGE.story(sections=[section]), section.url) == ""
    both = [STAGE.section("Economy"), STAGE.section("Analysis")]
    assert soup(macro("kicker", STAGE.story(sections=both))).get_text() == "Economy, Analysis"


def test_a_column_has_its_name_in_place_of_the_type(macro: Macro) -> None:
    column = STAGE.series("Low water", "column")
    kicker = soup(macro("kicker", STAGE.story(filed_as=column)))
    assert kicker.get_text() == "Low water | Europe"
    assert one(kicker, ".kicker > a")["href"] == "/magazine/series/low-water/"
    assert soup(macro("kicker", STAGE.story(filed_as=column), column.url)).get_text() == "Europe"


def test_a_kicker_leaves_out_what_the_page_is_about(macro: Macro) -> None:
    story = STAGE.story(sections=[STAGE.section("Europe"), STAGE.section("Economy")])
    kickers = {
        here: soup(macro("kicker", story, here)).get_text()
        for here in ("sections/europe/", "types/analysis/")
    }
    assert kickers == {
        "sections/europe/": "Analysis | Economy",
        "types/analysis/": "Europe, Economy",
    }
    assert macro("kicker", STAGE.story(story_type=None), "sections/europe/") == ""


@pytest.mark.parametrize(
    ("byline", "printed"),
    [
        (STAGE.byline("Ana"), "By Ana"),
        (STAGE.byline("Ana", "Bo"), "By Ana and Bo"),
        (STAGE.byline("Ana", Di="translated by"), "By Ana · translated by Di"),
        (STAGE.byline(Di="translated by"), "translated by Di"),
        (
            STAGE.byline("Ana", Di="maps by", Ed="edited by", Flo="maps by"),
            "By Ana · maps by Di and Flo · edited by Ed",
        ),
    ],
)
def test_a_byline_names_everyone(macro: Macro, byline: list[Byline], printed: str) -> None:
    line = soup(macro("byline", STAGE.story(byline=byline)))
    assert line.get_text() == printed
    assert len(line.select(".byline a[rel=author]")) == len(byline)


@pytest.mark.parametrize(
    ("values", "lead", "printed"),
    [
        ({}, True, "Top photo credit: The strait. (Photo by A. Person/Agency)"),
        ({"credit": ""}, True, "Top photo credit: The strait."),
        ({"caption": ""}, False, "Photo by A. Person/Agency"),
    ],
)
def test_caption_and_credit_are_one_line(
    macro: Macro, values: dict[str, str], lead: bool, printed: str
) -> None:
    shown = STAGE.photo(**({"caption": "The strait."} | values))
    assert soup(macro("credit_line", shown, lead=lead)).get_text() == printed
    assert (
        str(credit_line(shown, lead)).removeprefix("" if lead else "Photo credit: ") == printed
    ), "feeds print the same"


@pytest.mark.parametrize("label", ["photo", "image"])
def test_the_line_of_a_top_photo_is_below_it_and_in_a_stream_its_credit_alone(
    macro: Macro, label: str
) -> None:
    told = STAGE.story(photo=STAGE.photo(credit_label=label))
    line = one(soup(macro("photo", told.photo, lead=True, story=told)), "figure.photo figcaption")
    assert line.get_text().startswith(f"Top {label} credit: The strait in November (Photo by")
    below = one(soup(macro("stream", [told])), "figure.photo figcaption")
    assert below.get_text() == f"{label.capitalize()} credit: Photo by A. Person/Agency"
    assert (
        one(below, ".credit-label.visually-hidden").get_text() == f"{label.capitalize()} credit:"
    ), "for ears alone"
    foreign = STAGE.arabic_story(photo=STAGE.photo())
    label_there = one(
        soup(macro("photo", foreign.photo, lead=True, story=foreign)), "figcaption .credit-label"
    )
    assert (label_there["lang"], label_there.get_text()) == ("ar", "الصورة الرئيسية:")


def test_the_name_of_the_outlet_alone_is_no_credit_in_a_list(macro: Macro) -> None:
    assert (
        macro("credit_line", STAGE.photo(credit=str(SITE["SITENAME"])), caption=False).strip() == ""
    )
    jo = STAGE.photo(credit=f"Photo by Jo/{SITE['SITENAME']}")
    assert one(soup(macro("credit_line", jo, caption=False)), ".credit").get_text() == "Photo by Jo"
    assert "Halyard" in macro("credit_line", STAGE.photo(credit=str(SITE["SITENAME"])))


def test_a_lead_photo_loads_first_and_another_waits(macro: Macro) -> None:
    lead = one(soup(macro("photo", STAGE.photo(), lead=True)), "img")
    other = one(soup(macro("photo", STAGE.photo())), "img")
    assert lead["fetchpriority"] == "high"
    assert "loading" not in lead.attrs
    assert other["loading"] == "lazy"
    assert (lead["width"], lead["height"]) == ("1600", "1000")


def test_a_picture_that_stays_small_is_offered_in_small_widths_and_always_in_one(
    macro: Macro,
) -> None:
    def offered(most: int) -> str:
        return str(one(soup(macro("picture", STAGE.photo(), "6em", most=most)), "source")["srcset"])

    assert offered(480) == offered(100) == "/magazine/wide.svg 480w"


def test_what_belongs_to_a_story_is_in_its_language_or_else_in_that_of_the_site(
    macro: Macro,
) -> None:
    hebrew = {"title": "העבורת", "lang": "he", "dir": "rtl"}  # which has no catalog
    for story, lang, direction in (
        (STAGE.arabic_story(), "ar", "rtl"),
        (STAGE.story(**hebrew), "en", "ltr"),
    ):
        for name in ("byline", "dateline"):
            said = one(soup(macro(name, story)), "p")
            assert (said["lang"], said["dir"]) == (lang, direction), "or the day follows the month"
        assert one(soup(macro("kicker", story)), "p")["lang"] == "en"
    for name in ("kicker", "byline", "dateline"):
        assert "lang" not in one(soup(macro(name, STAGE.story())), "p").attrs
    summary = one(soup(macro("keep_reading", STAGE.story(**hebrew), "")), "summary")
    assert (summary["lang"], one(summary, ".visually-hidden")["lang"]) == ("en", "he")
    summary = one(soup(macro("keep_reading", STAGE.arabic_story(), "")), "summary")
    assert not summary.select("[lang]")
    assert one(summary, ".when-closed").get_text() == "تابع القراءة"


def test_below_a_foreign_story_the_theme_speaks_its_language_and_names_are_in_that_of_the_site(
    macro: Macro,
) -> None:
    for story, share in (
        (STAGE.arabic_story, "نسخ الرابط"),
        (lambda **given: STAGE.story(lang="fr", **given), "Copier le lien"),
    ):
        told = story(
            photo=STAGE.photo(), corrections=[STAGE.correction()], topics=[STAGE.topic("NATO")]
        )
        foot = one(soup(macro("story_foot", told, [STAGE.part()])), "footer")
        assert (foot["lang"], foot.get("dir")) == ("en", "ltr" if told.dir == "rtl" else None)
        assert one(foot, "[data-share=link]").get_text() == share
        line = one(soup(macro("photo", told.photo, lead=True, story=told)), ".credit-line")
        assert line["dir"] == told.dir, "or the label would stand behind the caption"
        for spoken in (
            ".series-box",
            ".corrections",
            ".topics",
            ".letters",
            "p.feedback",
            ".share",
        ):
            assert (one(foot, spoken)["lang"], one(foot, spoken)["dir"]) == (
                told.lang,
                told.dir,
            ), spoken
        for written in (
            ".series-box [rel=prev] bdi",
            ".series-box a:not([rel]) bdi",
            ".topics li",
            ".kicker",
        ):
            assert one(foot, written)["lang"] == "en", written
    home = soup(
        macro(
            "story_foot",
            STAGE.story(photo=STAGE.photo(), corrections=[STAGE.correction()]),
            [STAGE.part()],
        )
    )
    assert not home.select("[lang], [dir]")


def test_a_teaser_in_another_language_says_so(macro: Macro) -> None:
    foreign = soup(macro("teaser", STAGE.arabic_story()))
    assert one(foreign, "article.teaser[data-slug] h3.headline")["dir"] == "rtl"
    assert one(foreign, ".dek")["lang"] == "ar"
    assert not soup(macro("teaser", STAGE.story())).select("[dir]")


def test_pagination_says_which_way_is_older(macro: Macro) -> None:
    pages = Pagination("x/page/3/", 3, "x/page/2/", "x/page/4/")
    nav = soup(macro("pagination", pages, "1 May 2025"))
    assert one(nav, "nav.pagination a[rel=next]")["href"] == "/magazine/x/page/2/"
    assert one(nav, "nav.pagination a[rel=prev]")["href"] == "/magazine/x/page/4/"
    assert one(nav, "span").get_text() == "1 May 2025"


def test_the_newsletter_box_sends_what_else_the_provider_wants(macro: Macro) -> None:
    box = soup(macro("newsletter"))
    assert [(field["name"], field["value"]) for field in box.select("input[type=hidden]")] == [
        ("list", 'The "weekly"')
    ]


def test_share_links_escape_what_they_carry(macro: Macro) -> None:
    shared = soup(macro("share", STAGE.story("Peace & war/now"))).find_all("a")[1]["href"]
    assert (
        shared
        == "https://share.example/?t=Peace%20%26%20war%2Fnow&u=https%3A%2F%2Fhalyard.example%2Fmagazine%2F2026%2F11%2Fpeace-warnow%2F"
    )


def test_what_corrects_nothing_does_not_stand_under_that_word(macro: Macro) -> None:
    update, correction = STAGE.correction("update"), STAGE.correction()
    assert one(soup(macro("corrections", [update])), "h2").get_text() == "Notes"
    assert one(soup(macro("corrections", [update, correction])), "h2").get_text() == "Corrections"


def test_a_story_page_stands_in_the_order_of_the_acceptance_picture(
    environment: Environment,
) -> None:
    rail = STAGE.rail("Latest", [STAGE.story()])
    told = STAGE.story(
        photo=STAGE.photo(),
        topics=[STAGE.topic("NATO")],
        stream=[STAGE.story("Next", photo=STAGE.photo())],
        rails=[rail],
    )
    html = environment.get_template("article.html").render(staged(told))
    places = [html.index(mark) for mark in MARKS]
    assert places == sorted(places)
    assert len(soup(html).find_all("h1")) == 1


def test_an_old_story_page_links_to_the_latest_and_only_it_fetches_rails(
    environment: Environment,
) -> None:
    rail = STAGE.rail("Latest", [])
    render = environment.get_template("article.html").render
    old, new = (soup(render(staged(STAGE.story(rails=rails)))) for rails in ([], [rail]))
    assert one(old, "a[data-rails]")["href"] == "/magazine/latest/"
    assert [script["src"] for script in old.select("script[src]")] == [
        "/magazine/theme/story.js",
        "/magazine/theme/rails.js",
    ]
    assert [script["src"] for script in new.select("script[src]")] == ["/magazine/theme/story.js"]


def test_a_page_is_told_of_only_where_it_may_be_found(environment: Environment) -> None:
    render = environment.get_template("article.html").render
    for status in ("published", "hidden", "draft", "held"):
        page = soup(
            render(
                staged(
                    STAGE.story(
                        "A <b>story</b>", desk_status=status, stream=[STAGE.story("Another")]
                    )
                )
            )
        )
        told = page.select('script[type="application/ld+json"]')
        robots = [meta["content"] for meta in page.select("meta[name=robots]")]
        assert [script.string for script in told] == (
            ['{"headline":"A \\u003cb>story\\u003c/b>"}'] if status == "published" else []
        )
        assert robots == ["max-image-preview:large" if status == "published" else "noindex"]
        assert bool(page.select("link[rel=canonical]")) is (status == "published")


GOOGLE = "https://www.google.com/preferences/source?q=halyard.example"


def test_only_a_page_elsewhere_is_said_to_be_the_outlet_itself(macro: Macro) -> None:
    links = [(link["href"], link.get("rel")) for link in soup(macro("follow")).select("a")]
    assert links == [
        ("https://social.example/", ["me"]),
        ("/magazine/feed.xml", None),
        (GOOGLE, None),
    ]


def test_a_preview_has_a_picture_with_its_size_and_words(macro: Macro) -> None:
    cropped = replace(
        STAGE.photo(alt='Cranes & "gulls".'), crops=(Crop("photos/a-1200x675.jpg", 1200, 675),)
    )
    head = soup(macro("head_meta", "A", "a/", "Told.", cropped))
    said = {
        meta.get("property") or meta.get("name"): meta["content"] for meta in head.select("meta")
    }
    assert said["og:image"] == "https://halyard.example/magazine/photos/a-1200x675.jpg"
    assert (said["og:image:width"], said["og:image:height"]) == ("1200", "675")
    assert said["og:image:alt"] == said["twitter:image:alt"] == 'Cranes & "gulls".'
    assert said["twitter:card"] == "summary_large_image"
    assert said["description"] == said["og:description"] == "Told."
    portrait = soup(macro("head_meta", "A", "a/", photo=STAGE.photo("tall")))
    assert str(one(portrait, "meta[property='og:image']")["content"]).endswith("/tall.svg")
    assert one(portrait, "meta[name='twitter:card']")["content"] == "summary"
    bare = soup(macro("head_meta", "A", "a/"))
    assert (
        one(bare, "meta[property='og:image']")["content"]
        == "https://halyard.example/magazine/mark.png"
    )
    assert one(bare, "meta[property='og:image:alt']")["content"] == "Halyard"
    assert one(bare, "meta[name='twitter:card']")["content"] == "summary"


def test_a_story_names_its_authors_and_its_languages_to_machines_and_readers(macro: Macro) -> None:
    both = [
        Translation("en", "ltr", "One", "2026/11/one/"),
        Translation("ar", "rtl", "Two", "2026/11/two/"),
    ]
    told = STAGE.story("One", byline=STAGE.byline("Ana", "Bo", Di="translated by"), languages=both)
    head = soup(macro("article_meta", told))
    site = "https://halyard.example/magazine"
    assert one(head, "meta[name=author]")["content"] == "Ana, Bo"
    assert [meta["content"] for meta in head.select("meta[property='article:author']")] == [
        f"{site}/authors/ana/",
        f"{site}/authors/bo/",
    ]
    assert [(link["hreflang"], link["href"]) for link in head.select("link[rel=alternate]")] == [
        ("en", f"{site}/2026/11/one/"),
        ("x-default", f"{site}/2026/11/one/"),
        ("ar", f"{site}/2026/11/two/"),
    ]
    (shown,) = soup(macro("languages", told)).select(".languages a")
    assert (shown["href"], shown["lang"], shown["dir"], shown.string) == (
        "/magazine/2026/11/two/",
        "ar",
        "rtl",
        "Two",
    )
    assert macro("languages", STAGE.story()) == ""


@pytest.mark.parametrize(("lang", "direction"), [("en", "ltr"), ("fa-IR", "rtl"), ("ps", "rtl")])
def test_a_page_is_set_in_the_direction_of_the_sites_language(
    environment: Environment, lang: str, direction: str
) -> None:
    for name in ("not_found.html", "rails.html"):
        html = (
            environment.overlay()
            .get_template(name, globals={"DEFAULT_LANG": lang})
            .render(rails=[])
        )
        assert (one(soup(html), "html")["lang"], one(soup(html), "html")["dir"]) == (
            lang,
            direction,
        )


def test_a_search_leads_to_the_outside_engine_where_there_is_one(macro: Macro) -> None:
    assert one(soup(macro("search_form")), "form")["action"] == "https://engine.example/"
    assert one(soup(macro("search_form", here=False)), "form")["action"] == "/magazine/search/"
    alone: Any = theme_environment(SITE | {"SEARCH_FALLBACK_URL": ""}, STAGE).get_template(
        "components/search_form.html"
    )
    form = one(soup(alone.module.search_form()), "form")
    assert "action" not in form.attrs, "an address without a letter is none"
    assert form.select("noscript, [type=hidden]") == []


def test_a_site_without_an_index_says_who_answers_and_offers_no_search_where_nobody_does() -> None:
    def shown(engine: str) -> tuple[str, str, str]:
        made = theme_environment(SITE | {"SEARCH": False, "SEARCH_FALLBACK_URL": engine}, STAGE)
        here: Any = made.get_template("components/search_form.html").module
        head: Any = made.get_template("components/masthead.html").module
        return here.search_form().strip(), here.search_form(here=False).strip(), head.masthead()

    *both, head = map(soup, shown("https://engine.example/"))
    for form in both:
        assert one(form, "form")["action"] == "https://engine.example/", (
            "words typed on another page are not lost"
        )
        assert (
            one(form, "p")
            .get_text()
            .startswith("Your words go to engine.example, an outside engine")
        )
        assert form.select("noscript, [data-pagefind], .search-results") == []
    assert head.select(".masthead-search")
    *forms, nowhere = shown("")
    assert forms == ["", ""]
    assert "search" not in nowhere


def test_every_story_type_is_explained_at_a_place_of_its_own(macro: Macro) -> None:
    kinds = [STAGE.section("Analysis", "An argument <built> on evidence."), STAGE.section("Brief")]
    shown = soup(macro("type_list", kinds)).select("li")
    assert [each["id"] for each in shown] == ["analysis", "brief"]
    assert one(shown[0], "p").string == "An argument <built> on evidence."
    assert shown[1].p is None


@pytest.mark.parametrize(
    ("name", "mailbox"),
    [("feedback", "desk@outlet.example"), ("letters", "letters@outlet.example")],
)
def test_what_is_wrong_or_to_be_said_goes_into_a_mail_that_names_the_story(
    macro: Macro, name: str, mailbox: str
) -> None:
    story = STAGE.story("Salt & a / b?")
    address = urlsplit(str(one(soup(macro(name, story)), "a")["href"]))
    assert (address.scheme, address.path) == ("mailto", mailbox)
    told = parse_qs(address.query, strict_parsing=True)
    assert told["subject"] == [story.title]
    assert told["body"][0].strip() == f"https://halyard.example/magazine/{story.url}"


def test_without_a_mailbox_a_reader_is_led_to_the_policy() -> None:
    made: Any = (
        theme_environment(SITE | {"FEEDBACK_MAIL": ""}, STAGE)
        .get_template("components/feedback.html")
        .module
    )
    assert one(soup(made.feedback(STAGE.story())), "a")["href"] == "/magazine/corrections-policy/"
