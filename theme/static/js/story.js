// Shares a story, gives the stream's open story an address, and keeps the reader's place in this tab.
const here = location.href.replace(/[?#].*/, ""); // whole: a path such as //other/ would name another host
const rests = [...document.querySelectorAll(".keep-reading")];
const [tools, ...others] = document.querySelectorAll(".share-tools");
const storyOf = (element) => element.closest("article");
const markOf = (element) => `#read:${storyOf(element).dataset.slug}`;
const mark = (hash) => history.replaceState(history.state, "", hash);

function show(row) {
  if (!navigator.share) row.querySelector("[data-share=sheet]").remove();
  row.dataset.ready = "";
}

addEventListener("click", async ({ target }) => {
  const { share, done } = target.dataset;
  if (!share) return;
  const headline = storyOf(target).querySelector(".headline");
  const url = headline.querySelector("a")?.href ?? here;
  if (share === "sheet") {
    await navigator.share({ title: headline.textContent, url }).catch(() => {});
  } else {
    const copied = await navigator.clipboard?.writeText(url).then(() => done, () => {});
    target.parentElement.lastElementChild.textContent = copied ?? url;
  }
});

addEventListener("toggle", ({ target }) => {
  if (!rests.includes(target)) return;
  if (target.open) {
    mark(markOf(target));
    if (tools && !target.querySelector(".share-tools")) {
      const row = tools.cloneNode(true);
      row.lang = document.documentElement.lang;
      row.lastElementChild.textContent = "";
      target.append(row);
    }
  } else if (location.hash === markOf(target)) {
    mark(here + location.search);
  }
}, true);

if (tools) [tools, ...others].forEach(show);
// A browser may refuse to keep anything.
try {
  const kept = JSON.parse(sessionStorage.getItem(here));
  if (kept && performance.getEntriesByType("navigation")[0].type !== "navigate") {
    for (const at of kept.open) rests[at].open = true;
    scrollTo(0, kept.at);
  } else {
    const asked = rests.find((rest) => markOf(rest) === location.hash);
    if (asked) {
      asked.open = true;
      storyOf(asked).scrollIntoView();
    }
  }
  addEventListener("pagehide", () => {
    const open = rests.flatMap((rest, at) => (rest.open ? at : []));
    sessionStorage.setItem(here, JSON.stringify({ at: scrollY, open }));
  });
} catch {}
