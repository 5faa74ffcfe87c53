// Reloads the page when a build has finished, and shows the faults of one that failed. Only ./inv serve hands it out.
(() => {
  const KEY = "broadside-open";
  const stories = () => [...document.querySelectorAll("article.story[data-slug] details")];
  const slug = (details) => details.closest("[data-slug]").dataset.slug;
  for (const open of JSON.parse(sessionStorage.getItem(KEY) || "[]")) {
    for (const details of stories()) if (slug(details) === open) details.open = true;
  }
  sessionStorage.removeItem(KEY);

  const overlay = document.createElement("div");
  overlay.setAttribute("role", "alert");
  overlay.hidden = true;
  overlay.style.cssText = "position:fixed;inset:auto 0 0 0;max-height:60vh;overflow:auto;z-index:2147483647;background:#1d1216;color:#fff;" +
    "border-top:4px solid #ff6b6b;padding:1rem 1.25rem;font:15px/1.5 ui-monospace,Menlo,Consolas,monospace;white-space:pre-wrap;overflow-wrap:anywhere";
  document.body.append(overlay);

  const events = new EventSource("/_broadside/events");
  events.addEventListener("built", () => {
    sessionStorage.setItem(KEY, JSON.stringify(stories().filter((details) => details.open).map(slug)));
    location.reload();
  });
  events.addEventListener("faults", (event) => {
    overlay.textContent = "Not published: mend this and save again.\n\n" + JSON.parse(event.data);
    overlay.hidden = false;
  });
  events.addEventListener("fine", () => { overlay.hidden = true; });
})();
