// Loads the page anew when a build has changed the site, and shows the faults of one that failed. Only ./inv serve hands it out.
(() => {
  const KEY = "broadside-open";
  const site = document.currentScript.dataset.site;
  const stories = () => [...document.querySelectorAll("article.story[data-slug] details")];
  const slug = (details) => details.closest("[data-slug]").dataset.slug;
  for (const open of JSON.parse(sessionStorage.getItem(KEY) || "[]")) {
    for (const details of stories()) if (slug(details) === open) details.open = true;
  }
  sessionStorage.removeItem(KEY);

  const overlay = document.createElement("div");
  overlay.id = "broadside-faults";
  overlay.setAttribute("role", "alert");
  overlay.hidden = true;
  const css = document.createElement("style");
  css.textContent = `#broadside-faults:not([hidden]) { position: fixed; inset: auto 0 0; z-index: 2147483647; max-height: 60vh; overflow: auto; padding: 1rem 1.25rem;
    background: #1d1216; color: #fff; border-top: 4px solid #ff6b6b; font: 15px/1.5 ui-monospace, Menlo, Consolas, monospace; white-space: pre-wrap; overflow-wrap: anywhere }
    @media print { #broadside-faults { display: none } }`;
  document.head.append(css);
  document.body.append(overlay);

  const events = new EventSource(`/_broadside/events?site=${site}`);
  events.addEventListener("built", () => {
    sessionStorage.setItem(KEY, JSON.stringify(stories().filter((details) => details.open).map(slug)));
    location.reload();
  });
  events.addEventListener("faults", (event) => {
    overlay.textContent = `This page is still the last good one. Mend what follows and save again.\n\n${JSON.parse(event.data)}`;
    overlay.hidden = false;
  });
  events.addEventListener("fine", () => { overlay.hidden = true; });
})();
