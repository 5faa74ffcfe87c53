"""Turns a story's Markdown into HTML, strict about what it may hold; a library of newsroom and front_matter, with no rim of its own.

Where to look: `dialect` sets a text, and puts these together:

- what Python-Markdown reads in our way: `blocks`, `inline`, `fences`, `quotations`, `notes`, `raw`; and `quick`, which tries only
  what can match;
- what we add to Markdown: `photos`, `embeds`;
- what is done to the element tree: `walk` for links, ids and headings, `marks` and `typography` for the text, and `serialize`,
  which writes it;
- what is refused: `guard` for raw HTML and addresses, `nesting`, `by_number` for characters, `meter` for too much work; and what
  is warned of: `unread`, `rules`;
- where a fault stands in the source: `places`, which looks outside of code and comments first (`hidden`).

What comes of it is a `body`. `bare` makes of its HTML what goes elsewhere, in mails and on other outlets' pages.
"""
