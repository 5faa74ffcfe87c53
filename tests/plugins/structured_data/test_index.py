"""Indexes and authors as search engines are told of them."""

from __future__ import annotations

from broadside.content.terms import Author, Section
from broadside.front_matter.data import Link
from broadside.plugins.indexes.numbering import paginated
from broadside.plugins.structured_data import index_data
from broadside.site.indexes import of_term
from tests.plugins.structured_data.test_story import OUTLET
from tests.plugins.structured_data.validators import judged
from tests.stories import ANA, story

STORIES = [story(number) for number in range(7)]


def test_an_index_lists_its_stories_in_order_under_the_address_it_is_known_by() -> None:
    index = of_term(Section("Europe", "europe", "sections/europe/", "From Lisbon to Kyiv."))
    listed = list(paginated(STORIES, index.url, 2))
    assert [page.url.removeprefix(index.url) for page in listed] == [
        "",
        "page/3/",
        "page/2/",
        "page/1/",
    ]
    told = [index_data(index, page.stories, page.pagination, OUTLET)[0] for page in listed]
    assert {judged(each) for each in told} == {"CollectionPage"}
    assert {(each["name"], each["description"]) for each in told} == {
        ("Europe", "From Lisbon to Kyiv.")
    }
    known = [each["url"].removeprefix("https://outlet.example/sections/europe/") for each in told]
    assert known == ["", "", "page/2/", "page/1/"], "the open page is the front once more"
    rows = told[0]["mainEntity"]["itemListElement"]
    assert [row["url"].rpartition("-")[2] for row in rows] == ["6/", "5/", "4/"]
    assert [row["position"] for row in rows] == [1, 2, 3]


def test_an_author_is_a_person_with_all_that_the_page_shows() -> None:
    links = (
        Link("Mail", "mailto:ana@outlet.example?subject=x"),
        Link("Home", "https://ana.example/"),
    )
    bio = "<p>Ana <strong>writes</strong> &lt;here&gt; &amp;\nthere.</p>"
    ana = Author(
        ANA.name,
        ANA.slug,
        ANA.url,
        role="Editor",
        expertise=("Ports", "Cables"),
        bio=bio,
        links=links,
    )
    page = next(iter(paginated(STORIES, ana.url, 20)))
    (told,) = index_data(of_term(ana), page.stories, page.pagination, OUTLET)
    assert (
        judged({**told, "mainEntity": told["mainEntity"] | {"description": "x"}}) == "ProfilePage"
    )
    who = told["mainEntity"]
    assert who["description"] == "Ana writes <here> & there."
    assert (who["email"], who["sameAs"]) == ("ana@outlet.example", ["https://ana.example/"])
    assert (who["knowsAbout"], who["jobTitle"]) == (["Ports", "Cables"], "Editor")
    assert who["worksFor"]["correctionsPolicy"]
