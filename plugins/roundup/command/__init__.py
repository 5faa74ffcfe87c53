"""The command roundup."""

from __future__ import annotations

from invoke.context import Context
from invoke.tasks import task

from broadside.commands.ending import NOW, WHERE, ending, mending_first
from broadside.config.options import Options

MENU = {"Edit": {"roundup": "Make the weekly mail to readers"}}
FIRST = ("roundup",)


@task(
    help={
        "since": (
            "take the stories that came out since then, such as 2026-11-20 (default: what its note"
            " says, else seven days)"
        ),
        "now": NOW,
        "content": WHERE["content"],
        "to": "folder for the mail (default: .cache/roundup/ and the day)",
        "send": (
            "also send it to this one address, as a test, through the server that the setting"
            " ROUNDUP names"
        ),
    }
)
def roundup(
    c: Context, since: str = "", now: str = "", content: str = "", to: str = "", send: str = ""
) -> None:
    """Make the weekly round-up as a mail: HTML, plain text and a file for any provider.

    It has the stories that came out since the round-up before, by section, and the editor's note in
    content/roundups/, if there is one. A thin week makes none, and the command then fails. Nobody
    is sent anything but the address that --send names.
    """
    from broadside.plugins.roundup.command.making import NotMade, NotSent, Request, make
    from broadside.plugins.roundup.mail import MailFailed

    undone = "No round-up was made"
    with mending_first(undone), ending(NotMade, MailFailed, says=f"{undone}: "):
        made = make(Options(content=content, now=now, production=True), Request(since, to, send))
    print(*made.words, sep="\n", flush=True)
    if made.post:
        with ending(NotSent, says="The round-up was made and not sent: "):
            print(made.post())
