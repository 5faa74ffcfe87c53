"""Turns a story's Markdown into HTML, and refuses what may not be in it; a library for content and front_matter, not a plugin.

`dialect` sets a text, and puts the other modules together:

- what Python-Markdown is made to read differently: `blocks`, `inline`; and `prose`, which takes a short way where no pattern can
  match;
- what we add to Markdown: `figures`, which are photos, charts and embeds;
- what is done to the element tree: `walk` for links, ids, headings and text, and `typography`, which sets the text;
- what is refused: `guard` for raw HTML, addresses and characters, `limits` for too much work;
- warnings: `unread`;
- where in the source a fault is: `places`.

The result is a `body`: its blocks, each with its kind. `tags` alone reads finished HTML, for whoever has to look into it, as
`bare` does, which makes it fit for mails and other outlets' pages.
"""
