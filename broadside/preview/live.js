// Loads the page anew when a save has changed it, and shows the faults of one that failed. Only ./inv serve hands it out.
(() => {
  // What the reader of the page has opened, and where they are on it, is kept from one state of the page to the next.
  const KEPT = "broadside-kept";
  const mark = document.currentScript.dataset.mark;
  const disclosures = () => {
    const found = new Map();
    for (const details of document.querySelectorAll("details")) {
      const where = details.closest("[data-slug]")?.dataset.slug ?? "";
      let number = 0;
      while (found.has(`${where} ${number}`)) number += 1;
      found.set(`${where} ${number}`, details);
    }
    return found;
  };
  const keep = () => {
    const open = [...disclosures()].filter(([, details]) => details.open).map(([name]) => name);
    sessionStorage.setItem(KEPT, JSON.stringify({ path: location.pathname, open, x: scrollX, y: scrollY }));
    history.scrollRestoration = "manual";
  };
  const kept = JSON.parse(sessionStorage.getItem(KEPT) || "{}");
  sessionStorage.removeItem(KEPT);
  if (kept.path === location.pathname) {
    const now = disclosures();
    for (const name of kept.open) if (now.has(name)) now.get(name).open = true;
    scrollTo({ left: kept.x, top: kept.y, behavior: "instant" });
    history.scrollRestoration = "auto";
  }

  // The faults lie over the page until they are mended or somebody dismisses them; others than those appear again.
  const DISMISSED = "broadside-dismissed";
  const FAULT = /^(\S.*?):(\d+): (?:error|warning): /;
  const overlay = document.createElement("div");
  overlay.id = "broadside-faults";
  overlay.setAttribute("role", "alert");
  overlay.hidden = true;
  let told = "";
  const dismiss = () => {
    sessionStorage.setItem(DISMISSED, told);
    overlay.hidden = true;
  };
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "Dismiss";
  button.addEventListener("click", dismiss);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !overlay.hidden) dismiss();
  });
  const address = (edit, file, number) => {
    if (!edit.includes("{story}")) return edit.replace("{file}", encodeURI(file)).replace("{line}", number);
    const story = file.match(/\/articles\/(.+)\.md$/)?.[1];
    if (!story) return edit.split("#")[0];
    const depth = story.split("/").length - 1;
    return edit.replace("{depth}", depth === 1 ? "" : `_${depth}`).replace("{story}", encodeURI(story));
  };
  const lines = ({ faults, edit, folder }) => faults.split("\n").flatMap((line) => {
    const found = edit && line.match(FAULT);
    if (!found) return [line, "\n"];
    const [, path, number] = found;
    const file = path.startsWith("/") ? path : `${folder}/${path}`;
    const link = document.createElement("a");
    link.href = address(edit, file, number);
    link.textContent = `${path}:${number}`;
    return [link, line.slice(link.textContent.length), "\n"];
  });
  const css = document.createElement("link");
  css.rel = "stylesheet";
  css.href = "/_broadside/preview.css"; // not in the page, where the content security policy allows none
  document.head.append(css);
  document.body.append(overlay);

  const hear = {
    built: () => {
      if (document.querySelector("dialog[open]")) return; // what somebody is choosing would be lost
      keep();
      location.reload();
    },
    faults: (event) => {
      const news = JSON.parse(event.data);
      told = news.faults;
      const says = "Fix this to update the preview. Until then every page stays the last good one, whoever made the mistake.\n\n";
      overlay.replaceChildren(button, says, ...lines(news));
      overlay.hidden = sessionStorage.getItem(DISMISSED) === told;
    },
    fine: () => {
      overlay.hidden = true;
      sessionStorage.removeItem(DISMISSED);
    },
  };
  // A browser keeps no more than six lines open to a server, so that only pages that are looked at may have one; the
  // others hear what they missed when somebody comes back to them.
  let events;
  const listen = () => {
    events?.close();
    if (document.hidden) return;
    events = new EventSource(`/_broadside/events?path=${encodeURIComponent(location.pathname)}&mark=${mark}`);
    for (const [name, act] of Object.entries(hear)) events.addEventListener(name, act);
  };
  document.addEventListener("visibilitychange", listen);
  listen();
})();
