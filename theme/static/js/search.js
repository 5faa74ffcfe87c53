// Search on this page: Pagefind finds, this script shows. Results are made from nodes and text, never from HTML strings.
// The archive is indexed in blocks, in folders numbered from the oldest. Blocks are searched in waves, the newest first,
// until there is a page of results, so a search costs the reader the same however large the archive is.
const form = document.querySelector(".search-form");
const count = document.querySelector(".search-count");
const list = document.querySelector(".search-results");
const more = document.querySelector(".search-more");
const base = form.dataset.pagefind.replace(/pagefind\.js$/, "");
const home = base.replace(/pagefind\/$/, "");
const PAGE = 20;
const WAVE = 12;
const LIKE = 0.5;
const archive = {};
const said = JSON.parse(form.dataset.words);
let latest;

function node(name, content, attributes = {}) {
  const made = document.createElement(name);
  made.append(...[content].flat());
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

// An excerpt is text with <mark> around the words that were found, and with five characters escaped.
function marked(excerpt) {
  const plain = { "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#39;": "'", "&amp;": "&" };
  return excerpt.split(/(<mark>.*?<\/mark>)/s).map((part) => {
    const text = part.replace(/<\/?mark>/g, "").replace(/&(?:lt|gt|quot|#39|amp);/g, (code) => plain[code]);
    return part.startsWith("<mark>") ? node("mark", text) : text;
  });
}

// A sentence in the language of the site. One with a number has several forms; each number up to 199 has the number of its
// form in `of`, and from there on forms repeat with every hundred.
function told(name, values = {}, number = 0) {
  const { forms, of } = said[name];
  const text = forms ? forms[of[number < of.length ? number : 100 + (number % 100)]] : said[name];
  const shown = { num: number.toLocaleString(document.documentElement.lang), ...values };
  return text.replace(/%\((\w+)\)s/g, (_, key) => shown[key]);
}

function say(text) {
  count.textContent = text;
}

// Pagefind's script, and the waves, newest first; blocks.json gives the start of each block, oldest first.
async function load() {
  const asked = [import(form.dataset.pagefind), fetch(`${base}blocks.json`, { cache: "no-cache" })];
  const [{ createInstance }, answer] = await Promise.all(asked);
  const since = await answer.json();
  const waves = [];
  for (let last = since.length; last > 0; last -= WAVE) {
    const first = Math.max(0, last - WAVE);
    const folders = since.slice(first, last).map((_, at) => `${base}${first + at + 1}/`);
    waves.push({ since: since[first], folders: folders.reverse() });
  }
  return { createInstance, waves };
}

// A wave is searched as one: Pagefind merges the results of its blocks by relevance.
async function open(createInstance, [newest, ...others]) {
  // Pagefind starts its worker from a string, which Trusted Types forbid; without a worker it loads the same files.
  const instance = createInstance({ basePath: newest, noWorker: true });
  // This fails if the block cannot be loaded; mergeIndex would wait for it for ever.
  await instance.filters();
  await Promise.all(others.map((folder) => instance.mergeIndex(folder)));
  return instance;
}

// The results of a wave by relevance, and which of them have every word.
// If a block lacks a word, Pagefind offers stories with the beginning of it ("a" for "amber"), or leaves the word out. That
// helps after typing errors, but block by block it would bury what other blocks really have. So each word is also searched
// for alone: a story has it if it is found exactly, or in other places than with an ending that no word has.
async function find(engine, words) {
  const { results } = await engine.search(words);
  const places = async (term) => new Map((await engine.search(term)).results.map((found) => [found.id, `${found.words}`]));
  let sure = results;
  for (const word of each(words)) {
    const all = await places(word);
    const exact = await places(`"${word}"`);
    const beginning = await places(`${word}qzx`);
    sure = sure.filter(({ id }) => all.has(id) && (exact.has(id) || all.get(id) !== beginning.get(id)));
  }
  return { results, sure };
}

// The words that each result must have. Pagefind takes words in quotes literally, and divides languages that are written
// without spaces by rules of its own.
function each(words) {
  if (/^".+"$/.test(words) || /^(zh|ja|th)\b/.test(document.documentElement.lang)) return [];
  return words.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word));
}

// Whether an excerpt shows a word that begins with at least half of one of the reader's words. Pagefind also offers words
// that share only the first letters: "far" for "Farakka".
function isNear(excerpt, wanted) {
  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const shown = [...excerpt.matchAll(/<mark>(.*?)<\/mark>/gs)].map(([, text]) => plain(text));
  return wanted.map(plain).some((word) => shown.some((other) => other.startsWith(word.slice(0, Math.ceil(word.length * LIKE)))));
}

// The promise of a task, made once, or again after a failure, for a reader who tries again.
function once(place, key, task) {
  place[key] ??= task().catch((problem) => {
    delete place[key];
    throw problem;
  });
  return place[key];
}

// A story's address is in `url`, below the site's top, which Pagefind does not know.
function item({ meta, excerpt: found }) {
  const [words, names = ""] = found.split("¶"); // names and topics, which are used if there is nothing else
  const excerpt = (words.trim() || names.trim()).replace(/^\| | \|$/g, ""); // the bars between the cells of a table
  const link = node("a", meta.title, { href: home + meta.url });
  const date = meta.date?.replaceAll(" ", "\u00a0");
  const facts = [meta.section, meta.byline, date].filter(Boolean).join(" ·\u00a0");
  const before = /^(?:<mark>)?\p{Ll}/u.test(excerpt) ? "… " : "";
  const after = /[.!?…”’)](?:<\/mark>)?$/.test(excerpt) ? "" : " …";
  return node("li", [
    node("h2", link, { class: "headline" }),
    node("p", [before, ...marked(excerpt), after]),
    node("p", facts, { class: "dateline" }),
  ]);
}

// Shows results up to a number. A reader who pressed "More results" reads on where the new ones begin.
async function show(quest, goal) {
  const found = await Promise.all(quest.found.slice(list.children.length, goal).map((result) => result.data()));
  if (quest !== latest) return;
  const items = found.map(item);
  list.append(...items);
  if (items.length && quest.pressed) items[0].querySelector("a").focus();
  if (items.length) quest.pressed = false;
}

// The message to the reader: how much was found, in which part of the archive or in all of it.
function summary({ found, since, vague, words }, left) {
  const name = left ? "newest" : !found.length ? "none" : vague ? "near" : "found";
  return told(name, { since, words }, found.length);
}

// Searches another wave. Results that only come `near` count if the whole archive has nothing better.
async function look(quest, { createInstance, waves }) {
  const wave = waves[quest.done];
  const engine = await once(wave, "engine", () => open(createInstance, wave.folders));
  const { results, sure } = await find(engine, quest.words);
  quest.found.push(...sure);
  quest.near.push(...results);
  quest.since = wave.since;
  quest.done += 1;
  if (quest.found.length || quest.done < waves.length) return;
  quest.vague = true;
  const wanted = each(quest.words);
  const near = quest.near.sort((one, other) => other.score - one.score).slice(0, 2 * PAGE);
  const texts = await Promise.all(near.map((result) => result.data()));
  quest.found = near.filter((_, at) => !wanted.length || isNear(texts[at].excerpt, wanted));
}

// Shows another page of results, and searches as many waves as that takes.
async function advance(quest) {
  const goal = list.children.length + PAGE;
  let left = true;
  more.onclick = null;
  try {
    const parts = await once(archive, "parts", load);
    for (;;) {
      await show(quest, goal);
      if (quest !== latest) return;
      left = quest.done < parts.waves.length;
      if (list.children.length >= goal || !left) break;
      if (quest.done) say(told(quest.found.length ? "so_far" : "none_so_far", quest, quest.found.length));
      await look(quest, parts);
    }
    say(summary(quest, left));
  } catch {
    if (quest !== latest) return;
    const part = quest.found.length ? "failed_after" : "failed_after_none";
    say(told(quest.done ? part : "failed", quest, quest.found.length));
  }
  more.hidden = !quest.done || (!left && list.children.length === quest.found.length);
  more.onclick = () => {
    quest.pressed = true;
    advance(quest);
  };
  // Nothing more was found: the line that says so takes the focus from the button, which may be gone.
  if (quest.pressed) count.focus();
  quest.pressed = false;
}

// A search under way: how many waves are `done`, the date of their oldest story, everything that they `found`, and the
// results that come `near`, which count only if nothing is found.
async function search(words) {
  latest = { words, done: 0, since: "", found: [], near: [], vague: false, pressed: false };
  list.replaceChildren();
  more.hidden = true;
  say(words && told("searching"));
  if (words) await advance(latest);
}

// Pagefind recognizes a phrase by straight quotes.
function plainly(words) {
  return words.trim().replace(/[“”„«»]/g, '"');
}

function asked() {
  return plainly(new URLSearchParams(location.search).get("q") || "");
}

function restore() {
  form.q.value = asked();
  search(asked());
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const words = plainly(form.q.value);
  if (words !== asked()) history.pushState(null, "", `?${new URLSearchParams({ q: words })}`);
  search(words);
});
addEventListener("popstate", restore);
restore();
