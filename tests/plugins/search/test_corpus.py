"""What Pagefind is given."""

from __future__ import annotations

from plugins.search.corpus import Document, page

DOCUMENT = Document(
    url="2026/11/story/",
    title="Who guards the <cables>?",
    dek="A “question”.",
    text="The sea floor & its police.",
    byline='Ana "A" Pereira',
    section="Europe",
    date="20 November 2026",
    topics="NATO",
)


def test_a_document_is_escaped_everywhere() -> None:
    html = page(DOCUMENT, "en")
    assert "<h1>Who guards the &lt;cables&gt;?</h1>" in html
    assert 'content="Ana &quot;A&quot; Pereira"' in html
    assert "sea floor &amp; its police" in html
    assert '<html lang="en">' in html
