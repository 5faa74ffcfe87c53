// Forgives typing errors by the words of the archive, which are in small files; plugins/search/vocabulary.py says how.
const SHORTEST = 3;
const MOST = 2; // errors in a word,
const LONG = 6; // or one in a word with fewer letters than this

export function fold(text) {
  return text.normalize("NFKD").replace(/[\p{M}\u00ad\u0640]/gu, "").toLowerCase();
}

// The words of a search that can be misspelled. Those with digits in them, and those of scripts that put no spaces between
// words, are left as they are.
export function wordsOf(text) {
  return text.match(/[\p{L}\p{M}\p{N}_\u00ad\u0640]+/gu)?.filter((word) => /^[\p{L}\p{M}]+$/u.test(word) && /^[^\u0700-\u1dff\u2000-\u{10ffff}]{3,40}$/u.test(fold(word))) ?? [];
}

// Damerau's distance: a letter too many, too few, another one, or two that changed places each count one.
function distance(one, other, most) {
  if (Math.abs(one.length - other.length) > most) return most + 1;
  let before = [];
  let last = [...Array(other.length + 1).keys()];
  for (let i = 1; i <= one.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= other.length; j += 1) {
      const same = one[i - 1] === other[j - 1];
      row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (same ? 0 : 1));
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1);
    }
    if (Math.min(...row) > most) return most + 1;
    before = last;
    last = row;
  }
  return last[other.length];
}

function single(word) {
  return word.replace(/(.)\1+/gu, "$1");
}

// How unlikely it is that somebody who meant a word typed this, if they differ by one error: letters that changed places or that
// were typed twice come easiest, then one that is missing, another one, and one too many. The first is seldom wrong.
function oddness(typed, word) {
  const first = typed[0] === word[0] ? 0 : 0.2;
  if (typed.length < word.length) return first + 0.2;
  if (typed.length > word.length) return first + (single(typed) === single(word) ? 0 : 0.7);
  return first + ([...typed].sort().join("") === [...word].sort().join("") ? 0 : 0.5);
}

// The word that was most likely meant; undefined if none is near.
export function nearest(typed, words) {
  const most = typed.length < LONG ? 1 : MOST;
  let best;
  let least = Infinity;
  for (const word of words) {
    const plain = fold(word);
    const errors = distance(typed, plain, most);
    if (errors > most) continue;
    const cost = errors + oddness(typed, plain);
    if (cost < least || (cost === least && word < best)) [best, least] = [word, cost];
  }
  return best;
}

function crc32(text) {
  let sum = -1;
  for (const byte of new TextEncoder().encode(text)) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit += 1) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
  }
  return ~sum >>> 0;
}

// The parts of words of a length that begin, or end, as a word does.
function keysOf(word, length) {
  const beginning = Math.floor(length / 3);
  return [`${length}<${word.slice(0, beginning)}`, `${length}>${word.slice(word.length - (length - 1 - beginning))}`];
}

// A spelling of the archive whose words are in `count` parts below an address. Each part is loaded once.
export function speller(base, count) {
  const parts = {};
  const part = async (key) => {
    const place = crc32(key) % count;
    parts[place] ??= fetch(`${base}${place}.txt`, { cache: "no-cache" }).then(async (answer) => {
      if (!answer.ok) throw new Error(answer.statusText);
      return (await answer.text()).split(" ");
    });
    return parts[place];
  };
  const all = async (keys) => new Set((await Promise.all(keys.map(part))).flat());

  // What was meant by a word: the word itself if the archive has it, also as the beginning of one that was looked at; undefined if
  // nothing is near. If it is to be `isWhole`, that word takes the place of its beginning.
  return async function meant(word, isWhole = false) {
    const typed = fold(word);
    if (typed.length < SHORTEST) return word;
    if ((await part(keysOf(typed, typed.length)[0])).some((each) => fold(each) === typed)) return word;
    const lengths = [typed.length - 1, typed.length, typed.length + 1].filter((length) => length >= SHORTEST);
    const words = await all(lengths.flatMap((length) => keysOf(typed, length)));
    const [longer] = [...words].filter((each) => fold(each).startsWith(typed)).sort((one, other) => one.length - other.length);
    if (longer) return isWhole ? longer : word;
    return nearest(typed, words);
  };
}
