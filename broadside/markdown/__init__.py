"""Turns a story's Markdown into HTML, and refuses what is not allowed; a library for content and
front_matter, not a plugin.

`dialect` renders a text, and puts the other modules together:

- what Python-Markdown is made to read differently: `blocks`, `inline`; and `prose`, a shortcut for
  text that no pattern can match;
- what we add to Markdown: `figures`, which are photos, charts and embeds;
- changes to the element tree: `walk` for links, ids, headings and text, and `typography` for
  quotation marks and dashes;
- what is refused: `guard` for raw HTML, addresses and characters, `limits` for too much work;
- warnings: `unread`;
- the line in the source of a fault: `places`.

The result is a `body`: its blocks, each with its kind. `tags` takes finished HTML apart, for
modules such as `bare`, which makes it fit for mails and other outlets' pages.
"""
