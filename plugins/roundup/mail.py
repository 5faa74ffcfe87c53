"""The mail of a round-up as MJML, as the HTML that mail programs show, and as plain text."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from pathlib import Path

import mrml
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from broadside.plugins.roundup.letter import Item, Letter, shorter

TEMPLATE = "roundup.mjml"
MOST = 100_000
"""The most bytes of a mail's HTML: Gmail cuts a mail off at 102 KB, and would lose the link to unsubscribe."""
WIDTH = 72


class MailFailed(Exception):
    """The theme's template gives no valid mail; the message says why."""


def environment(*folders: Path) -> Environment:
    """The environment for templates from these folders, the first taking precedence; all text is escaped, as MJML is XML."""
    return Environment(
        loader=FileSystemLoader(folders),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def mail_of(letter: Letter, templates: Environment, most: int = MOST) -> tuple[str, str, Letter]:
    """The MJML and the HTML of a letter, and the letter itself, shortened if it would have been too long."""
    template = templates.get_template(TEMPLATE)
    words = letter.language
    for shortened in shorter(letter):
        mjml = template.render(letter=shortened, _=words.gettext, ngettext=words.ngettext)
        html = _html(mjml)
        if len(html.encode()) <= most:
            return mjml, html, shortened
    raise MailFailed(f"the mail has more than {most:,} bytes without a single story; shorten its title or the template")


def _html(mjml: str) -> str:
    try:
        # No includes, which would read files, and no fonts, which would be fetched from elsewhere.
        options = mrml.ParserOptions(include_loader=mrml.noop_loader())
        return (
            str(mrml.to_html(mjml, parser_options=options, render_options=mrml.RenderOptions(fonts={})).content) + "\n"
        )
    except OSError as problem:
        raise MailFailed(f"{TEMPLATE} is not valid MJML: {problem}") from None


def text_of(letter: Letter) -> str:
    """The letter as plain text in lines of 72 letters; an address is never broken."""
    return "\n\n".join(filter(None, _blocks(letter))) + "\n"


def _blocks(letter: Letter) -> Iterator[str]:
    outlet, words = letter.outlet, letter.language
    yield "\n".join(filter(None, (outlet.name.upper(), outlet.subtitle, letter.date)))
    yield _underlined(letter.title, "=")
    yield _wrapped(letter.dek)
    yield "\n\n".join(_paragraph(words) for words in letter.words.split("\n\n"))
    if not letter.entire:
        yield words.label(words.gettext("The note goes on here")) + f"\n{letter.page}"
    if letter.lead:
        yield _underlined(words.gettext("First"), "-")
        yield _story(letter.lead)
    for name, _, items in letter.by_section:
        yield _underlined(name, "-")
        yield from map(_story, items)
    if letter.briefs:
        yield _underlined(words.gettext("In brief"), "-")
        yield from (f"{_wrapped(item.title)}\n{item.url}" for item in letter.briefs)
    if letter.more:
        yield (
            words.label(words.ngettext("%(num)s more story", "%(num)s more stories", letter.more)) + f"\n{letter.page}"
        )
    yield "-" * WIDTH
    yield words.label(words.gettext("On the web"), letter.page)
    yield words.label(words.gettext("Past round-ups"), letter.past) if letter.past else ""
    yield words.label(words.gettext("Unsubscribe"), outlet.unsubscribe) if outlet.unsubscribe else ""
    yield _wrapped(outlet.address)


def _story(item: Item) -> str:
    return "\n".join(filter(None, (_wrapped(item.title), _wrapped(item.dek), _wrapped(item.byline), item.url)))


def _underlined(text: str, sign: str) -> str:
    lines = _wrapped(text)
    return f"{lines}\n{sign * max(map(len, lines.splitlines() or ['']))}"


def _paragraph(text: str) -> str:
    lines = text.splitlines()
    return "\n".join(_wrapped(line, "  " if line.startswith(("- ", "[")) else "") for line in lines)


def _wrapped(text: str, indent: str = "") -> str:
    return textwrap.fill(text, WIDTH, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)
