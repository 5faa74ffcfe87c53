"""A browser that notes whatever a page does that it should not: what runs, what it asks for, and
what its tree holds.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tests.browser.conftest import Quiet, served

SITE = "https://outlet.example"
"""Where the site says it is; only feeds ask for pictures there."""
POLICY = (
    f"default-src 'self'; img-src 'self' {SITE}; script-src 'self' 'wasm-unsafe-eval'; object-src"
    " 'none'"
)
"""Only reported, never enforced: what would run does run, and the browser tells of it."""

TRAPS = """
const ran = [];
Object.defineProperty(window, "ran", { value: ran });
for (const name of ["alert", "confirm", "prompt", "print", "open"]) {
  Object.defineProperty(window, name, { value: (...words) => void ran.push(`${name}(${words})`) });
}
addEventListener("securitypolicyviolation", (event) => ran.push(`${event.effectiveDirective} ${event.blockedURI}`));
"""

LOOK = """
(tags) => {
  const wrong = [...window.ran];
  for (const each of document.querySelectorAll("details")) each.open = true;
  for (const element of document.querySelectorAll("*")) {
    const name = element.localName;
    if (!tags.includes(name)) wrong.push(`<${name}>`);
    for (const { name: key, value } of element.attributes) {
      if (/^on/i.test(key) || ["style", "srcdoc", "http-equiv"].includes(key)) wrong.push(`<${name} ${key}="${value}">`);
      if (!["href", "src", "action", "formaction", "data", "poster", "ping", "xlink:href", "background"].includes(key)) continue;
      const { protocol, origin } = new URL(value, document.baseURI);
      if (!["http:", "https:", "mailto:", "tel:"].includes(protocol)) wrong.push(`<${name} ${key}="${value}">`);
      if (["script", "link"].includes(name) && element.rel !== "canonical" && origin !== location.origin
        && element.rel !== "alternate") wrong.push(`<${name} ${key}="${value}">`);
    }
    if (name === "script" && !element.src && element.type !== "application/ld+json") wrong.push(element.outerHTML);
    if (name === "script" && element.type === "application/ld+json") JSON.parse(element.textContent);
  }
  return wrong;
}
"""

TAGS = (
    "html head meta title link script body header nav main article section aside footer figure"
    " figcaption picture source img form label input button details summary noscript address search"
    " a abbr b bdi bdo blockquote br caption cite code col colgroup dd del dfn div dl dt em h1 h2"
    " h3 h4 h5 h6 hr i ins kbd li mark ol p pre q rp rt ruby s samp small span fieldset legend"
    " select option output svg line path polyline rect circle text strong sub sup table tbody td"
    " textarea tfoot th thead time tr u ul var wbr"
).split()
"""What the theme and the dialect print."""


class Reporting(Quiet):
    """Serves files under the policy."""

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy-Report-Only", POLICY)
        super().end_headers()


class Watch:
    """A browser page that opens pages of one folder and collects what is wrong with each."""

    def __init__(self, browser: Any, folder: Path) -> None:
        self.server = served(folder, Reporting)
        self.base = self.server.__enter__()
        self.wrong: list[str] = []
        self.opened = 0
        self.context = browser.new_context()
        self.context.add_init_script(TRAPS)
        self.page = self.context.new_page()
        # and nothing is intercepted, which takes longer than most pages
        self.page.on("request", self._asked)
        self.page.on("dialog", self._dialog)

    def _asked(self, request: Any) -> None:
        if not request.url.startswith((f"{self.base}/", f"{SITE}/photos/")):
            self.wrong.append(f"{self.page.url} asked for {request.url}")

    def _dialog(self, dialog: Any) -> None:
        self.wrong.append(f"{self.page.url} opened a dialog: {dialog.message}")
        dialog.dismiss()

    def look(self, path: str) -> None:
        """Open a page, with all that is folded, and note what is wrong."""
        self.page.goto(f"{self.base}/{path}")
        self.note()
        self.opened += 1

    def note(self) -> None:
        """Note what is wrong with the page that is open."""
        self.wrong += [f"{self.page.url}: {what[:300]}" for what in self.page.evaluate(LOOK, TAGS)]

    def look_at_all(self, paths: Iterable[str]) -> None:
        """Open pages one after the other."""
        for path in paths:
            self.look(path)

    def close(self) -> None:
        """End the visit."""
        self.context.close()
        self.server.__exit__(None, None, None)
