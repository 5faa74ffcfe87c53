// Shows the page of what is open in the editor; the page itself follows each save. Only ./inv serve hands it out.
(() => {
  const EVERY = 500; // milliseconds; the editor tells nobody where it is
  const DESKTOP = 1280;
  const ENTRY = /^#\/collections\/(\w+?)(?:_\d+)?\/entries\/([^?]+)/;
  const LIST = /^#\/collections\/lists\/entries\//;
  const FOLDERS = { stories: "articles" };
  const editor = document.getElementById("editor");
  const beside = document.getElementById("beside");
  const page = document.getElementById("page");
  const status = document.querySelector("[role=status]");
  const shows = [...document.querySelectorAll("[name=show]")];
  const isNarrow = matchMedia("(max-width: 60rem)");
  let shown;
  let last = "";

  const file = (place) => {
    const found = place.match(ENTRY);
    return found && `${FOLDERS[found[1]] ?? found[1]}/${decodeURIComponent(found[2])}.md`;
  };
  const show = (url, words) => {
    if (url === shown) return;
    shown = url;
    page.src = `/${url}`;
    status.textContent = words;
  };
  const look = async () => {
    const place = editor.contentWindow?.location.hash ?? "";
    if (place && place !== location.hash) history.replaceState(null, "", place);
    if (LIST.test(place)) {
      show("", "The front page shows what you have saved."); // a list has no page of its own
      return;
    }
    const path = file(place);
    if (!path) return; // the list is open: what was written last stays beside it
    const answer = await fetch("/desk/write/pages.json").catch(() => null);
    const pages = answer?.ok ? await answer.json() : {};
    if (!(path in pages)) {
      if (path !== last) status.textContent = "Save it, and its page shows here.";
    } else show(pages[path], "The page shows what you have saved.");
    last = path;
  };
  const fit = () => {
    const chosen = shows.find((each) => each.checked).value;
    const show = chosen === "text" && !isNarrow.matches ? "phone" : chosen;
    beside.dataset.show = show;
    const scale = show === "desktop" ? beside.clientWidth / DESKTOP : 1;
    page.style.transform = scale === 1 ? "" : `scale(${scale})`;
    page.style.height = `${100 / scale}%`;
  };
  for (const each of shows) each.addEventListener("change", fit);
  addEventListener("resize", fit);
  if (!isNarrow.matches) shows.find(({ value }) => value === "phone").checked = true;
  fit();
  editor.src = `/admin/${location.hash}`;
  const watch = () => look().finally(() => setTimeout(watch, EVERY));
  watch();
})();
