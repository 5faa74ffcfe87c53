// Search on this page: Pagefind finds, this draws. Results are made of nodes and text, never of HTML strings.
const form = document.querySelector(".search-form");
const count = document.querySelector(".search-count");
const list = document.querySelector(".search-results");
const more = document.querySelector(".search-more");
const home = form.dataset.pagefind.replace("pagefind/pagefind.js", "");
const PAGE = 20;
let engine;
let latest = 0;

function node(name, content, attributes = {}) {
  const made = document.createElement(name);
  made.append(...[content].flat());
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

// An excerpt is text with <mark> around what was found and five characters escaped.
function marked(excerpt) {
  const plain = { "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#39;": "'", "&amp;": "&" };
  return excerpt.split(/(<mark>.*?<\/mark>)/s).map((part) => {
    const text = part.replace(/<\/?mark>/g, "").replace(/&(?:lt|gt|quot|#39|amp);/g, (code) => plain[code]);
    return part.startsWith("<mark>") ? node("mark", text) : text;
  });
}

function say(text) {
  count.textContent = text;
}

async function load() {
  if (engine) return engine;
  engine = await import(form.dataset.pagefind);
  // Pagefind starts its worker from a string, which Trusted Types forbid; without one it asks the same files.
  await engine.options({ noWorker: true });
  return engine;
}

// A result's own address is that of the page that was indexed; the story's stands in its `url`, below the site's top.
function item({ meta, excerpt }) {
  const link = node("a", meta.title, { href: home + meta.url });
  const facts = [meta.section, meta.byline, meta.date].filter(Boolean).join(" · ");
  return node("li", [
    node("h2", link, { class: "headline" }),
    node("p", marked(excerpt)),
    node("p", facts, { class: "dateline" }),
  ]);
}

async function show(results, from, ticket) {
  const found = await Promise.all(results.slice(from, from + PAGE).map((result) => result.data()));
  if (ticket !== latest) return;
  const items = found.map(item);
  list.append(...items);
  more.hidden = from + PAGE >= results.length;
  more.onclick = () => show(results, from + PAGE, ticket);
  // Whoever pressed "More results" reads on where the new ones begin.
  if (from) items[0].querySelector("a").focus();
}

async function search(words) {
  const ticket = ++latest;
  list.replaceChildren();
  more.hidden = true;
  say(words && "Searching…");
  if (!words) return;
  try {
    const { results } = await (await load()).search(words);
    if (ticket !== latest) return;
    const stories = results.length === 1 ? "One story" : `${results.length || "No"} stories`;
    await show(results, 0, ticket);
    if (ticket === latest) say(`${stories} for “${words}”`);
  } catch {
    say("The search could not be loaded. The lists below lead to every story.");
  }
}

function asked() {
  return (new URLSearchParams(location.search).get("q") || "").trim();
}

function restore() {
  form.q.value = asked();
  search(asked());
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const words = form.q.value.trim();
  if (words !== asked()) history.pushState(null, "", `?${new URLSearchParams({ q: words })}`);
  search(words);
});
addEventListener("popstate", restore);
restore();
