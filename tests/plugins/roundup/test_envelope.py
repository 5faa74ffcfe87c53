"""The headers: nothing that people write adds one, and the same letter is the same bytes."""

from __future__ import annotations

import re
from email import message_from_bytes
from email.header import decode_header, make_header
from email.policy import default

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadside.plugins.roundup.letter import SUBJECT, in_one_line, shortened
from broadside.plugins.roundup.mail import Mailbox, NoAddress, message_of
from tests.examples import times
from tests.plugins.roundup.making import DATE, letter, story

SENDER = Mailbox.of("Halyard <weekly@halyard.example>")
HEADERS = "From Subject Date Message-ID List-Unsubscribe MIME-Version Content-Type Content-Language".split()


def sent(title: str) -> bytes:
    return bytes(message_of(letter(story("One"), title=title), "<p>é</p>", "é\n", SENDER, DATE))


def test_a_message_has_both_forms_and_the_headers_that_providers_want() -> None:
    message = message_from_bytes(sent("A week"), policy=default)
    assert message.keys() == HEADERS
    assert message["From"] == "Halyard <weekly@halyard.example>"
    assert message["Date"] == "Fri, 20 Nov 2026 08:00:00 +0100"
    assert message["List-Unsubscribe"] == "<{{ unsubscribe_url }}>"
    assert re.fullmatch(r"<roundup-2026-11-20\.\w{16}@halyard\.example>", message["Message-ID"])
    text, html = message.iter_parts()
    assert (text.get_content_type(), text.get_content().strip()) == ("text/plain", "é")
    assert (html.get_content_type(), html.get_content().strip()) == ("text/html", "<p>é</p>")


def test_the_same_letter_is_the_same_bytes() -> None:
    assert sent("A week") == sent("A week") != sent("Another")


@settings(max_examples=times(2), deadline=None)
@given(
    st.one_of(
        st.text(max_size=250),
        st.text(alphabet="=?utf-8qb:\r\n\x0b\x1c\x85\u2028 éBc", max_size=250),
    )
)
def test_no_headline_adds_a_header(title: str) -> None:
    data = sent(title)
    head = data.partition(b"\r\n\r\n")[0]
    message = message_from_bytes(data)
    assert message.keys() == HEADERS
    assert head.isascii()
    assert all(len(each) < 998 and each.isascii() for each in head.split(b"\r\n"))
    assert (
        str(make_header(decode_header(str(message["Subject"])))).split()
        == shortened(in_one_line(title), SUBJECT).split()
    )


@pytest.mark.parametrize(
    "written",
    ["", "nobody", "a@b@c", "a b@c.example", "a@b.example\nBcc: x@y.example", "a@b.example, c@d.example", "<a@b.example> x@",
      "é@b.example", "a@b.example\x00", "Ana\nBcc: Ben <a@b.example>", "a@" + "b" * 300],
)  # fmt: skip
def test_what_is_no_mailbox_is_refused(written: str) -> None:
    with pytest.raises(NoAddress):
        Mailbox.of(written)


def test_a_mailbox_may_have_a_name() -> None:
    assert (Mailbox.of("Ana <a@b.example>").name, Mailbox.of("a@b.example").name) == ("Ana", "")
    assert Mailbox.of('"Halyard, weekly" <a@b.example>') == Mailbox(
        "a@b.example", "Halyard, weekly"
    )
    assert str(Mailbox.of("Ana Ñ <a@b.example>").header) == "Ana Ñ <a@b.example>"
