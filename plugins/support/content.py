"""What support.yml may say: campaigns, each for a time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from msgspec import Struct

from broadside.content.content import Content
from broadside.content.lists import ContentList, turns
from broadside.dates import Due
from broadside.front_matter import fields as check
from broadside.front_matter.data import UNTIL, key
from broadside.validation import Keyed


class CampaignData(Struct, metaclass=Keyed):
    """An entry of support.yml: what the call for support says during a certain time."""

    title: str = key(
        "what it asks for, in a few words",
        required=True,
        example="Our winter appeal",
        label="Headline",
    )
    text: str = key(
        "why, in a sentence or two",
        required=True,
        example="Help us to pay for another year of reporting.",
        label="Text",
    )
    since: str = key(
        "when it begins",
        check.iso_date,
        elsewhere=("from", "start", "begin", "starts"),
        label="Since",
        is_day=True,
    )
    until: str = UNTIL


class Campaigns(Struct, metaclass=Keyed):
    """support.yml."""

    items: list[CampaignData] = key(
        "the campaigns; of several at one time, the first counts",
        default=[],
        label="Support campaigns",
        single_label="Support campaign",
    )


CAMPAIGNS = ContentList[CampaignData]("support.yml", Campaigns)


def moments(content: Content, after: datetime) -> Iterator[Due]:
    """The moments at which campaigns begin and end."""
    return turns(CAMPAIGNS.among(content.lists), after, "campaign", "title")
