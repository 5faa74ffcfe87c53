"""Settings of the site while you write: ./inv build and ./inv serve. publishconf.py holds what differs when it goes live.

docs/settings.md explains every setting; whatever is not here is as in broadside/settings.py.
"""

from broadside.settings import *

SITENAME = "Halyard"
SITESUBTITLE = "World affairs, argued in the open"
TIMEZONE = "Europe/Brussels"

# The demo's own look. Another outlet's is in theme/, where this repository has the engine's.
OUTLET_THEME = "halyard/theme"
THEME_TEMPLATES_OVERRIDES = ["halyard/theme/templates"]

# What the pages say.
AI_USE = {"train": False, "answers": True}
SOCIAL = [
    ("Mastodon", "https://example.social/@halyard"),
    ("Bluesky", "https://example.com/halyard"),
    ("LinkedIn", "https://example.com/company/halyard"),
    ("RSS", "/feed.xml"),
]
NEWSLETTER = {
    "action": "https://example.com/newsletter/subscribe",
    "field": "email",
    "title": "The Halyard weekly",
    "text": "Our weekly round-up: what we published, by section, and a note from the editor.",
    "day": "On Fridays",
    "promise": "One letter a week, no tracking, and a link in each that ends it at once.",
}
ROUNDUP = {
    "sender": "Halyard <weekly@halyard.example>",
    "address": "Halyard, 4 Sailmakers’ Yard, Brussels",
    "unsubscribe": "{{ unsubscribe_url }}",
    "host": "",
    "port": 587,
    "starttls": True,
    "user": "",
    "password_env": "ROUNDUP_PASSWORD",
}
RAIL_LENGTH = 4  # as tall as the newsletter box that stands beside them
MENUITEMS = [
    "sections",
    ("Opinion", "types/opinion/"),
    ("Newsletter", "newsletter/", "highlight"),
]
LINKS = [
    ("About", "about/"),
    ("Write for us", "write-for-us/"),
]
FOOTER_LINKS = [
    (
        "Read",
        [
            ("Latest", "latest/"),
            ("Archive", "archive/"),
            ("Reviews", "reviews/"),
            ("Series", "series/"),
            ("Topics", "topics/"),
            ("How we label stories", "types/"),
        ],
    ),
    (
        "Halyard",
        [
            ("About", "about/"),
            ("Masthead", "authors/"),
            ("Ownership and funding", "ownership/"),
            ("Write for us", "write-for-us/"),
            ("Support Halyard", "support/"),
            ("Privacy", "privacy/"),
        ],
    ),
    (
        "Standards",
        [
            ("Ethics", "ethics/"),
            ("Corrections policy", "corrections-policy/"),
            ("Corrections", "corrections/"),
            ("Artificial intelligence", "ai/"),
        ],
    ),
    ("Follow", [("Newsletter", "newsletter/"), ("Round-ups", "roundup/"), *SOCIAL]),
]
REPUBLISH = {
    "license": "CC BY-ND 4.0",
    "license_url": "https://creativecommons.org/licenses/by-nd/4.0/",
    "rules": [
        "Name the author and Halyard at the top, and keep the last paragraph with its link to the original.",
        "Change nothing but the style of dates, numbers and spelling; a translation is welcome, but ask us first.",
        "Do not sell the story by itself, and do not print it beside advertising that it could be taken to recommend.",
        "If we correct the story, correct your copy.",
    ],
}
SUPPORT = {
    "action": "https://example.com/give/halyard",
    "field": "amount",
    "amounts": [("€10", "10"), ("€25", "25"), ("€50", "50")],
    "monthly": {
        "amounts": [("€3", "3"), ("€5", "5"), ("€15", "15")],
        "hidden": {"interval": "month"},
    },
    "hidden": {"fund": "halyard-general"},
    "title": "Nobody pays to read Halyard",
    "text": "There is no wall and no advertising here. Readers who can afford it pay for those who cannot, and for the next train ticket.",
    "button": "Give to Halyard",
}
POLICIES = {
    "publishingPrinciples": "ethics/",
    "ownershipFundingInfo": "ownership/",
    "correctionsPolicy": "corrections-policy/",
    "ethicsPolicy": "ethics/",
    "masthead": "authors/",
    "actionableFeedbackPolicy": "corrections-policy/",
    "unnamedSourcesPolicy": "ethics/",
    "verificationFactCheckingPolicy": "ethics/",
}
ADDRESS = "Halyard, 4 Sailmakers’ Yard, Brussels"
EMBEDS = ["tube.halyard.example"]
COUNT_REPLIES = ["example.social"]
ADMIN = {"forge": "forgejo", "url": "https://git.halyard.example", "repo": "halyard/halyard"}
FEEDBACK_MAIL = "corrections@halyard.example"
LETTERS_MAIL = "letters@halyard.example"
