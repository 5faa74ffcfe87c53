"""Turns a story's Markdown into HTML, and refuses what may not be in it; a library for content and front_matter, not a plugin.

`dialect` sets a text, and puts the other modules together:

- what Python-Markdown is made to read differently: `blocks`, `inline`, `fences`, `notes`, `raw`; and `prose`, which takes a short
  way where no pattern can match;
- what we add to Markdown: `photos`, `embeds`;
- what is done to the element tree: `walk` for links, ids and headings, `marks` and `typography` for the text, and `serialize`,
  which writes it;
- what is refused: `guard` for raw HTML, addresses and characters, `limits` for too much work;
- warnings: `unread`;
- where in the source a fault is: `places`.

The result is a `body`. `bare` makes its HTML fit for mails and other outlets' pages.
"""
