"""Asks readers for support: below each story, in the head of every page, and on a page of its own.

During a campaign in support.yml, its words replace the setting's. Sets support on stories that do
not say `support: no`. The stream, feeds and copies for other outlets contain only texts, not this.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from broadside.markdown.typography import curl
from broadside.plugin import Page, Plugin, Site, give, running
from broadside.plugins.support.content import CAMPAIGNS, CampaignData, moments
from broadside.plugins.support.settings import Support, SupportSettings

if TYPE_CHECKING:  # it loads Pelican
    from broadside.site.story import Call


def add_calls(site: Site) -> None:
    """Put the call below stories."""
    setting = SupportSettings.of(site.settings).SUPPORT
    campaigns = CAMPAIGNS.among(site.content.lists)
    if not setting:
        if campaigns:
            message = "the setting SUPPORT is empty, so that nothing shows the campaigns"
            hint = "write the setting, or delete the file"
            site.content.faults.append(
                campaigns[0].fault("", "no-support", message, hint, "warning")
            )
        return
    call = call_of(setting, running(campaigns, site.options.now))
    for story in site.every_story:
        if story.record.data.support != "no" and not story.paid_by:
            story.support = call


def pages(site: Site) -> Iterator[Page]:
    """The page about support."""
    if setting := SupportSettings.of(site.settings).SUPPORT:
        campaign = running(CAMPAIGNS.among(site.content.lists), site.options.now)
        call = call_of(setting, campaign)
        shown = {"support": call, "roundup": None}
        yield site.landing("support", call.title, call.text, shown, says=not campaign)


def call_of(setting: Support, campaign: CampaignData | None) -> Call:
    """The call in the words of a campaign or, if there is none, of the setting."""
    from broadside.site.story import Call

    if campaign:
        title, text = (campaign.title, campaign.text)
    else:
        title, text = (setting.title, setting.text)
    return Call(curl(title, quotes=None), curl(text, quotes=None), setting.button, setting.url)


def register() -> None:
    """Give the list and its moments, the call and the page."""
    give(
        __name__, Plugin(lists=[CAMPAIGNS], moments=[moments], arranged=[add_calls], pages=[pages])
    )
