// Search on this page: Pagefind finds, this script shows. Results are made from nodes and text, never from HTML strings.
// The archive is indexed in blocks, in folders numbered from the oldest. Blocks are searched in waves, the newest first,
// until there is a page of results, so a search costs the reader the same however large the archive is.
// A word that no story has is corrected first, by the words of the archive (spelling.js).
const form = document.querySelector(".search-form");
const count = document.querySelector(".search-count");
const list = document.querySelector(".search-results");
const suggestion = document.querySelector(".search-suggestion");
const more = document.querySelector(".search-more");
const nameList = document.querySelector(".search-names");
const choices = form.querySelector(".search-choices");
const fields = [...form.querySelectorAll("select")];
const base = form.dataset.pagefind.replace(/pagefind\.js$/, "");
const home = base.replace(/pagefind\/$/, "");
const PAGE = 20;
const WAVE = 12;
const LIKE = 0.5;
const PAUSE = 300;
const SENTENCE = 120;
const NAMES = 6;
// Scripts that put no spaces between words. Their letters stand apart in the index, so do their marks in the guise of rare
// ideographs, and a bar is where a space was (plugins/search/documents.py has the same). What was typed is found as a phrase.
const LETTER = "[\\u0e00-\\u0eff\\u1000-\\u109f\\u1780-\\u17ff\\u3005-\\u3007\\u3031-\\u3035\\u3040-\\u30fa\\u30fc-\\u30ff\\u31f0-\\u31ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\uff66-\\uff9f\\u{20000}-\\u{3ffff}]";
const UNSPACED = new RegExp(LETTER, "u");
const OURS = new RegExp(`(?<=${LETTER}[^\\p{L}\\p{N}\\s]*) | (?=[^\\p{L}\\p{N}\\s]*${LETTER})`, "gu");
const MARK = /(?=\p{M})[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3099\u309a]/gu;
const DISGUISED = /[\u{20e31}-\u{20ece}\u{2102b}-\u{2109d}\u{217b4}-\u{217dd}\u{23099}\u{2309a}]/gu;
const GUISE = 0x20000;
const archive = {};
const said = JSON.parse(form.dataset.words);
let latest;
let pause;
let isTyping = false;

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

// Pagefind's script, and what the archive has: blocks.json gives the start of each block, oldest first, and the number of parts
// that its words are in.
async function load() {
  const file = (name) => fetch(`${base}${name}.json`, { cache: "no-cache" });
  const asked = [import(form.dataset.pagefind), import(form.dataset.spelling), file("blocks"), file("names")];
  const [{ createInstance }, { fold, speller, wordsOf }, blocks, names] = await Promise.all(asked);
  const { since, years, words } = await blocks.json();
  return { createInstance, since, years, fold, wordsOf, names: await names.json(), meant: speller(`${base}words/`, words), waves: {} };
}

// The waves, newest first, of the blocks that have stories of a year, or of all.
function wavesOf({ since, years, waves }, year) {
  if (waves[year]) return waves[year];
  const numbers = since.map((_, at) => at).filter((at) => !year || (years[at] <= year && (years[at + 1] ?? year) >= year));
  const made = [];
  for (let last = numbers.length; last > 0; last -= WAVE) {
    const blocks = numbers.slice(Math.max(0, last - WAVE), last).reverse();
    made.push({ since: since[blocks.at(-1)], blocks: blocks.map((at) => `${at + 1}`) });
  }
  waves[year] = made;
  return made;
}

// A wave is searched as one: Pagefind merges the results of its blocks by relevance.
async function open(createInstance, blocks) {
  const [newest, ...others] = blocks.map((number) => `${base}${number}/`);
  // Pagefind starts its worker from a string, which Trusted Types forbid; without a worker it loads the same files.
  const instance = createInstance({ basePath: newest, noWorker: true });
  // This fails if the block cannot be loaded; mergeIndex would wait for it for ever.
  await instance.search("");
  await Promise.all(others.map((folder) => instance.mergeIndex(folder)));
  return instance;
}

// The results of a wave by relevance, and which of them have every word.
// If a block lacks a word, Pagefind offers stories with the beginning of it ("a" for "amber"), or leaves the word out. That
// helps after typing errors, but block by block it would bury what other blocks really have. So each word is also searched
// for alone: a story has it if it is found exactly, or in other places than with an ending that no word has.
async function find(engine, words) {
  const { results } = await engine.search(apart(words));
  const places = async (term) => new Map((await engine.search(term)).results.map((found) => [found.id, `${found.words}`]));
  let sure = results;
  for (const word of each(words)) {
    const exact = await places(`"${apart(word)}"`);
    if (UNSPACED.test(word)) {
      sure = sure.filter(({ id }) => exact.has(id));
      continue;
    }
    const all = await places(word);
    const beginning = await places(`${word}qzx`);
    sure = sure.filter(({ id }) => all.has(id) && (exact.has(id) || all.get(id) !== beginning.get(id)));
  }
  return { results, sure };
}

// A function that leaves out of a wave's results what the reader does not want, and puts the newest first, if that is asked. The
// facts that this takes are loaded only then.
async function wish({ filters, isNewest }, wave) {
  const wanted = Object.entries(filters);
  if (!wanted.length && !isNewest) return (results) => results;
  const facts = await once(wave, "facts", () => factsOf(wave));
  const fits = ({ id }) => wanted.every(([name, value]) => facts[id][name].includes(value));
  const newer = (one, other) => facts[other.id].moment - facts[one.id].moment;
  return (results) => (isNewest ? results.filter(fits).sort(newer) : results.filter(fits));
}

// When each result of a wave is from, and what it can be chosen by.
async function factsOf({ blocks }) {
  const loaded = blocks.map(async (number) => {
    const answer = await fetch(`${base}${number}/stories.json`, { cache: "no-cache" });
    return Object.entries(await answer.json());
  });
  const stories = (await Promise.all(loaded)).flat();
  return Object.fromEntries(stories.map(([id, [moment, year, type, section, author]]) => [id, { moment, year: [`${year}`], type: [type], section, author }]));
}

// Words as the index has them.
function apart(words) {
  if (!UNSPACED.test(words)) return words;
  const letters = words.normalize("NFD").replace(MARK, (mark) => String.fromCodePoint(mark.codePointAt(0) + GUISE));
  return letters.replace(new RegExp(LETTER, "gu"), " $& ").replace(/\s+/g, " ").trim();
}

// The words that each result must have. Pagefind takes words in quotes literally.
function each(words) {
  if (/^".+"$/.test(words)) return [];
  return words.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word));
}

function divided(text) {
  return [...new Intl.Segmenter(document.documentElement.lang, { granularity: "word" }).segment(text)].map(({ segment }) => segment);
}

// What a reader looks for in a text without spaces: the words as typed, and the words that the browser finds in them.
function sought(words) {
  const typed = words.replaceAll('"', "").split(/\s+/).filter(Boolean);
  const inner = typed.filter((word) => UNSPACED.test(word)).flatMap(divided);
  return { typed, inner: inner.filter((word) => word.length > 1 && UNSPACED.test(word)) };
}

// A text as it was before its letters were set apart.
function together(text) {
  if (!UNSPACED.test(text)) return text;
  const letters = text.replace(OURS, "").replaceAll("¦", " ");
  return letters.replace(DISGUISED, (letter) => String.fromCodePoint(letter.codePointAt(0) - GUISE)).normalize("NFC");
}

// The sentence around the first word that is sought, with marks; nothing if the text has none.
function passage(content, words, title) {
  const text = together(content).split("¶")[0].slice(title.length).replace(/^[。.\s]+/u, "").trim();
  const { typed, inner } = sought(words);
  const has = (word) => text.toLowerCase().includes(word.toLowerCase());
  const wanted = (typed.some(has) ? typed : inner).filter(has).map((word) => word.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"));
  if (!wanted.length) return undefined;
  const parts = new RegExp(`(${wanted.join("|")})`, "iu");
  const at = text.search(parts);
  const near = text.slice(0, at).split(/(?<=[。．！？!?\s])/u).at(-1).slice(-SENTENCE / 2);
  const start = at - near.length;
  const rest = text.slice(start);
  const end = rest.slice(SENTENCE / 2 + near.length).search(/[。．！？!?\s]/u);
  const shown = rest.slice(0, end >= 0 && end < SENTENCE ? SENTENCE / 2 + near.length + end + 1 : SENTENCE + near.length).trim();
  const isCut = start > 0 && !/[。．！？!?\s]/u.test(text[start - 1]);
  return [isCut ? "…" : "", ...shown.split(parts).map((part, place) => (place % 2 ? node("mark", part) : part)), /[。．！？!?」』）]$/u.test(shown) ? "" : "…"];
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

// What has a name with words that begin as all of the reader's do: sections, authors, series and topics, whole names first.
function named({ words, filters }, { names, fold }) {
  const parts = (text) => fold(text).split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  const typed = parts(words);
  if (typed.join("").length < 2 || Object.keys(filters).length) return [];
  const fits = (name) => (UNSPACED.test(words) ? fold(name).includes(typed[0]) : typed.every((word) => parts(name).some((part) => part.startsWith(word))));
  const rows = Object.entries(names).flatMap(([kind, all]) => all.filter(([name]) => fits(name)).map(([name, url]) => ({ kind, name, url })));
  const rest = ({ name }) => (parts(name).length > typed.length ? 1 : 0);
  return rows.sort((one, other) => rest(one) - rest(other)).slice(0, NAMES);
}

function showNames(quest, parts) {
  const links = named(quest, parts).map(({ kind, name, url }) => node("a", [`${said.kinds[kind]}\u00a0· `, node("bdi", name)], { href: home + url }));
  nameList.replaceChildren(...(links.length ? [node("ul", links.map((link) => node("li", link)), { class: "index-links" })] : []));
}

// An excerpt without the words of the headline, which stands above it: the index has a story's headline before its text.
function withoutHeadline(excerpt, content, title) {
  const length = title.trim().split(/\s+/).length;
  const beginning = content.split(/\s+/).slice(0, length + excerpt.split(/\s+/).length);
  const shown = excerpt.split(/\s+/);
  const bare = shown.map((word) => marked(word).map((part) => part.textContent ?? part).join(""));
  for (let start = 0; start < length; start += 1) {
    if (bare.every((word, at) => start + at >= beginning.length || word === beginning[start + at])) return shown.slice(length - start).join(" ");
  }
  return excerpt;
}

// A story's address is in `url`, below the site's top, which Pagefind does not know.
function item({ meta, excerpt: found, content }, asked) {
  const [words, names = ""] = together(withoutHeadline(found, content, apart(meta.title))).replace(/(?<=\p{L}(?:<\/mark>)?)'(?=(?:<mark>)?\p{L})/gu, "’").split("¶"); // names and topics, which are used if there is nothing else
  const excerpt = (words.trim() || names.trim()).replace(/^\| | \|$/g, ""); // the bars between the cells of a table
  const link = node("a", meta.title, { href: home + meta.url });
  const date = meta.date?.replaceAll(" ", "\u00a0");
  // Each runs in the direction of its letters, and no line begins with the dot.
  const facts = [meta.section, meta.byline, date].filter(Boolean).flatMap((fact) => ["\u00a0· ", node("bdi", fact)]).slice(1);
  const before = /^(?:<mark>)?\p{Ll}/u.test(excerpt) ? "… " : "";
  const after = /[.!?…”’)](?:<\/mark>)?$/.test(excerpt) ? "" : " …";
  const text = node("div", [
    node("h2", link, { class: "headline" }),
    node("p", (UNSPACED.test(content) && passage(content, asked, meta.title)) || [before, ...marked(excerpt), after]),
    node("p", facts, { class: "dateline" }),
  ]);
  return node("li", meta.image ? [text, node("img", [], { src: home + meta.image, alt: "", loading: "lazy" })] : text);
}

// Shows results up to a number. A reader who pressed "More results" reads on where the new ones begin.
async function show(quest, goal) {
  const found = await Promise.all(quest.found.slice(quest.shown, goal).map((result) => result.data()));
  if (quest !== latest) return;
  const items = found.map((each) => item(each, quest.words));
  if (items.length && !quest.shown) list.replaceChildren();
  quest.shown += items.length;
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
async function look(quest, parts, waves) {
  const wave = waves[quest.done];
  const engine = await engineOf(parts, wave);
  const asIsWanted = await wish(quest, wave);
  const { results, sure } = await find(engine, quest.words);
  quest.found.push(...asIsWanted(sure));
  quest.near.push(...asIsWanted(results));
  quest.since = wave.since;
  quest.done += 1;
  if (quest.found.length || quest.done < waves.length) return;
  quest.vague = true;
  const wanted = each(quest.words);
  const { inner } = sought(quest.words);
  if (!quest.isNewest) quest.near.sort((one, other) => other.score - one.score);
  const near = quest.near.slice(0, 2 * PAGE);
  const texts = await Promise.all(near.map((result) => result.data()));
  const isMeant = ({ content, excerpt }) => (inner.length ? inner.every((word) => together(content).includes(word)) : !wanted.length || isNear(excerpt, wanted));
  quest.found = near.filter((_, at) => isMeant(texts[at]));
}

function engineOf({ createInstance }, wave) {
  return once(wave, "engine", () => open(createInstance, wave.blocks));
}

// Whether stories have a form of a word, or one that begins with it. Pagefind takes the ending off first, and so offers "Polish" to
// those who typed "polise".
async function isThere(engine, word, stories) {
  const exact = await engine.search(`"${word}"`);
  if (exact.results.length || !stories.length) return exact.results.length > 0;
  const { excerpt } = await stories[0].data();
  return [...excerpt.matchAll(/<mark>(.*?)<\/mark>/gs)].some(([, shown]) => shown.toLowerCase().includes(word.toLowerCase()));
}

async function isForm(parts, word) {
  const engine = await engineOf(parts, wavesOf(parts, "")[0]);
  return (await engine.search(`"${word}"`)).results.length > 0;
}

// Puts what was meant in the place of words that the archive does not have. Forms of its words, such as a plural, are found by
// Pagefind, and stay as they are.
async function correct(quest, parts) {
  quest.isChecked = true;
  const meant = new Map();
  for (const word of parts.wordsOf(quest.words)) {
    const other = await parts.meant(word).catch(() => word); // without the words of the archive, no word is wrong
    if (!other || other === word) continue;
    const [newest] = wavesOf(parts, "");
    const engine = await engineOf(parts, newest);
    const { sure } = await find(engine, word);
    if (!(await isThere(engine, word, sure))) meant.set(word, likeIt(other, word));
  }
  if (!meant.size || quest !== latest) return;
  const wrong = [...meant.keys()].join(" ");
  // The other words are whole words too, or nothing is proposed: a beginning that is typed is completed.
  for (const word of parts.wordsOf(quest.words).filter((each) => !meant.has(each))) {
    const whole = await parts.meant(word, true).catch(() => word);
    if (whole === word || (await isForm(parts, word))) continue;
    if (!whole || !parts.fold(whole).startsWith(parts.fold(word))) return;
    meant.set(word, likeIt(whole, word));
  }
  if (quest !== latest) return;
  const typed = quest.words;
  quest.words = typed.replace(/[\p{L}\p{M}\p{N}_\u00ad\u0640]+/gu, (word) => meant.get(word) ?? word);
  const [before, after] = told("suggestion", { words: wrong, link: "\n" }).split("\n");
  suggestion.replaceChildren(before, node("a", quest.words, { href: `?${asked(quest.words)}` }), after);
}

// A word with capitals where another has them.
function likeIt(word, other) {
  if (other.length > 1 && other === other.toUpperCase()) return word.toUpperCase();
  return other[0] === other[0].toLowerCase() ? word : word[0].toUpperCase() + word.slice(1);
}

// Shows another page of results, and searches as many waves as that takes.
async function advance(quest) {
  const goal = quest.shown + PAGE;
  let left = true;
  more.onclick = null;
  try {
    const parts = await once(archive, "parts", load);
    const waves = wavesOf(parts, quest.filters.year ?? "");
    if (!quest.isChecked) await correct(quest, parts);
    if (quest !== latest) return;
    showNames(quest, parts);
    for (;;) {
      await show(quest, goal);
      if (quest !== latest) return;
      left = quest.done < waves.length;
      if (quest.shown >= goal || !left) break;
      if (quest.done) say(told(quest.found.length ? "so_far" : "none_so_far", quest, quest.found.length));
      await look(quest, parts, waves);
    }
    say(summary(quest, left));
  } catch {
    if (quest !== latest) return;
    const part = quest.found.length ? "failed_after" : "failed_after_none";
    say(told(quest.done ? part : "failed", quest, quest.found.length));
  }
  if (!quest.shown) list.replaceChildren();
  more.hidden = !quest.done || (!left && quest.shown === quest.found.length);
  more.onclick = () => {
    quest.pressed = true;
    advance(quest);
  };
  // Nothing more was found: the line that says so takes the focus from the button, which may be gone.
  if (quest.pressed) count.focus();
  quest.pressed = false;
}

// A search under way: how many waves are `done`, the date of their oldest story, everything that they `found` and how much of it is
// `shown`, and the results that come `near`, which count only if nothing is found. What an earlier one found stays until then.
async function search() {
  const words = plainly(form.q.value);
  const isNewest = form.order?.value === "newest";
  const filters = Object.fromEntries(fields.filter(({ name, value }) => name !== "order" && value).map(({ name, value }) => [name, value]));
  const found = { done: 0, shown: 0, since: "", found: [], near: [], vague: false, pressed: false };
  latest = { words, filters, isNewest, isChecked: false, ...found };
  const chosen = Object.keys(filters).length;
  if (choices) choices.querySelector("output").textContent = chosen ? `(${chosen.toLocaleString(document.documentElement.lang)})` : "";
  suggestion.replaceChildren();
  nameList.replaceChildren();
  more.hidden = true;
  say(words && told("searching"));
  if (words) await advance(latest);
  else list.replaceChildren();
}

// Pagefind recognizes a phrase by straight quotes.
function plainly(words) {
  return words.trim().normalize().replace(/[“”„«»]/g, '"');
}

// The form as an address has it; a field that leaves open what it asks for is left out.
function asked(words) {
  const chosen = fields.filter(({ value }) => value).map(({ name, value }) => [name, value]);
  return new URLSearchParams([["q", words], ...chosen]).toString();
}

function restore() {
  const given = new URLSearchParams(location.search);
  form.q.value = plainly(given.get("q") || "");
  for (const field of fields) {
    field.value = given.get(field.name) ?? "";
    if (field.selectedIndex < 0) field.value = "";
  }
  isTyping = false;
  search();
}

// Searches for what the form says. The address follows, so that a search can be returned to, but not to each letter of it.
function go(typing) {
  clearTimeout(pause);
  const address = `?${asked(plainly(form.q.value))}`;
  if (address !== location.search) history[typing && isTyping ? "replaceState" : "pushState"](null, "", address);
  isTyping = typing;
  search();
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  go(false);
});
form.q.addEventListener("input", (event) => {
  clearTimeout(pause);
  if (!event.isComposing) pause = setTimeout(() => go(true), PAUSE);
});
for (const field of fields) field.addEventListener("change", () => go(false));
if (choices) {
  choices.querySelector("fieldset").disabled = false;
  choices.open = matchMedia("(min-width: 48em)").matches; // on a phone, results come first
}
addEventListener("popstate", restore);
restore();
