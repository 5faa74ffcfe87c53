// Arranges the front page: stories are dragged into its places, or chosen; what is done is saved in front_page.yml at
// once, and the page follows. Only ./inv serve hands it out.
(() => {
  const KEPT = "broadside-front";
  const DRAGGED = "application/x-broadside-story";
  const MOST = 40; // stories that are listed at once; a search finds the others
  const STATES = { held: "held until", draft: "a draft", published: "" };
  const ENGLISH = { lang: "en", dir: "ltr" };
  const front = JSON.parse(document.getElementById("broadside-front").textContent);
  const story = new Map(front.stories.map((each) => [each.slug, each]));
  const kept = JSON.parse(sessionStorage.getItem(KEPT) || "{}");
  // Only what was done last can be undone: nobody has written anything else into the file since.
  const earlier = kept.version === front.version ? kept.undo ?? [] : [];

  const make = (name, attributes, ...children) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes ?? {})) {
      if (key === "click") made.addEventListener("click", value);
      else if (value !== false) made.setAttribute(key, value === true ? "" : value);
    }
    made.append(...children.filter((child) => child !== ""));
    return made;
  };
  const button = (words, label, click, disabled = false) =>
    make("button", { type: "button", lang: "en", "aria-label": label, "data-key": label, click, disabled }, words);
  const day = new Intl.DateTimeFormat("en-GB", { weekday: "short", day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit", timeZone: "UTC" });
  const hour = (moment) => day.format(new Date(`${moment}Z`)); // it is by the outlet's clock already
  const titled = (slug) => story.get(slug)?.title ?? slug;
  const note = (slug) => {
    const found = story.get(slug);
    if (!found) return "no such story";
    return found.state === "held" ? `held until ${hour(found.hour)}` : STATES[found.state];
  };

  // Saving, and what is kept until the page has followed: the texts to go back to, the focus, and the place in the panel.
  const status = make("p", { role: "status", tabindex: -1 }, kept.words ?? "");
  // The live script loads nothing anew while the dialog is open; it asks again whenever the page is looked at.
  const followNews = () => document.dispatchEvent(new Event("visibilitychange"));
  const remember = (more) => {
    const now = { undo: kept.undo, version: kept.version, ...more, key: document.activeElement?.dataset.key, top: panel.scrollTop };
    sessionStorage.setItem(KEPT, JSON.stringify(now));
  };
  const send = async (what, undo) => {
    status.textContent = "Saving …";
    const answer = await fetch(location.pathname, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ version: front.version, ...what }),
    }).catch(() => ({ ok: false, text: () => "The preview does not answer. Is ./inv serve still running?" }));
    if (!answer.ok) {
      const words = await answer.text();
      status.textContent = words;
      remember({ words });
      followNews();
      return;
    }
    const { before, version } = await answer.json();
    status.textContent = "Saved. The page follows in a moment.";
    remember({ undo: undo ?? [...earlier, before].slice(-20), version, words: "Saved." });
  };
  const take = () => {
    const texts = [...earlier];
    const text = texts.pop();
    send({ text }, texts);
  };

  // Places
  const slots = (change) => send({ slots: change(front.slots.map(({ at }) => ({ at }))) });
  const now = (name) => front.slots.findIndex((entry) => entry.slot === name && !entry.is_over);
  const put = (name, place, slug, until) => {
    const set = { slot: name, story: slug, until };
    slots((items) => {
      if (place < 0) return [...items, { set }];
      return items.map((item, i) => (i === place ? { ...item, set } : item));
    });
  };
  const follow = (name, slug, until) => {
    const last = front.slots.findLastIndex((entry) => entry.slot === name);
    slots((items) => items.toSpliced(last + 1, 0, { set: { slot: name, story: slug, until } }));
  };
  const remove = (place) => slots((items) => items.toSpliced(place, 1));

  // The dialog in which a story is chosen
  const choose = (heading, done, chosen = "", until = "") => {
    const search = make("input", { id: "broadside-search", type: "search", "aria-label": "Search the stories", placeholder: "Search the stories" });
    const ends = make("input", { type: "datetime-local", value: until });
    const list = make("ul", {});
    const show = () => {
      const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
      const fits = ({ title, authors, slug }) => words.every((word) => `${title} ${authors} ${slug}`.toLowerCase().includes(word));
      const found = front.stories.filter(fits);
      const first = found.filter(({ slug }) => slug === chosen);
      const rows = [...first, ...found.filter(({ slug }) => slug !== chosen)].slice(0, MOST);
      list.replaceChildren(...rows.map(({ slug, title, authors, hour: at }) => {
        const radio = make("input", { type: "radio", name: "story", value: slug, required: true, checked: slug === chosen });
        const says = [note(slug) || (at && hour(at)), authors].filter(Boolean).join(" · ");
        return make("li", {}, make("label", {}, radio, make("span", {}, title, make("small", {}, says))));
      }));
      if (!rows.length) list.replaceChildren(make("li", {}, "No story has these words."));
    };
    search.addEventListener("input", show);
    const dialog = make("dialog", { "aria-label": heading, class: "broadside-choice", ...ENGLISH },
      make("form", { method: "dialog" },
        make("h2", {}, heading), search, list,
        make("label", { class: "until" }, "Until ", ends, make("small", {}, "By the outlet’s clock. Empty: until you choose another story.")),
        make("p", {}, make("button", { value: "put" }, "Put it there"), make("button", { value: "", formnovalidate: true }, "Cancel"))));
    dialog.addEventListener("close", () => {
      const slug = dialog.querySelector("input[name=story]:checked")?.value;
      dialog.remove();
      if (dialog.returnValue === "put" && slug) done(slug, ends.value);
      else followNews();
    });
    show();
    document.body.append(dialog);
    dialog.showModal();
    search.focus();
  };
  const change = (name, place) => {
    const entry = front.slots[place];
    choose(`A story for “${name}”`, (slug, until) => put(name, place, slug, until), entry?.story, entry?.until);
  };

  // The panel
  const entryOf = (entry) => {
    const place = front.slots.indexOf(entry);
    const says = [entry.is_over ? "over" : note(entry.story), entry.until && `until ${hour(entry.until)}`].filter(Boolean).join(", ");
    return make("li", { class: entry.is_over ? "over" : false },
      make("span", {}, titled(entry.story), says && make("small", {}, says)),
      button("Change", `Change ${entry.slot}: ${titled(entry.story)}`, () => change(entry.slot, place)),
      button("Remove", `Remove from ${entry.slot}: ${titled(entry.story)}`, () => remove(place)));
  };
  const placeOf = (name) => {
    const entries = front.slots.filter((entry) => entry.slot === name);
    const last = entries.at(-1);
    const made = make("li", { "data-place": name }, make("h3", {}, name),
      entries.length ? make("ol", {}, ...entries.map(entryOf)) : make("p", {}, "The newest story."));
    if (now(name) < 0) made.append(button("Choose a story", `Choose a story for ${name}`, () => change(name, -1)));
    else if (last.until) {
      made.append(button("Choose what follows", `Choose what follows in ${name}`, () =>
        choose(`What follows in “${name}”`, (slug, until) => follow(name, slug, until))));
    }
    return made;
  };
  const blocks = (change) => {
    const items = front.blocks.map(({ at, block }) => (at === null ? { set: { block } } : { at }));
    send({ blocks: change(items) });
  };
  const move = (place, by) => blocks((items) => {
    const [item] = items.splice(place, 1);
    return items.toSpliced(place + by, 0, item);
  });
  const blockOf = ({ block, about }, place) => {
    const name = about ? `${block}: ${about}` : block;
    return make("li", {}, make("span", {}, block, about && make("small", {}, about)),
      button("↑", `Move up: ${name}`, () => move(place, -1), place === 0),
      button("↓", `Move down: ${name}`, () => move(place, 1), place === front.blocks.length - 1),
      button("Remove", `Remove block: ${name}`, () => blocks((items) => items.toSpliced(place, 1)), front.blocks.length === 1));
  };
  const option = (words, value = words) => make("option", { value }, words);
  const added = () => {
    const kind = make("select", { "aria-label": "Block" }, ...Object.keys(front.kinds).map((name) => option(name)));
    const about = make("select", { "aria-label": "About" });
    const offer = () => {
      const found = front.kinds[kind.value].flatMap((key) => (front.terms[key] ?? []).map((name) => option(`${key}: ${name}`, JSON.stringify({ [key]: name }))));
      about.replaceChildren(option("whatever is newest", "{}"), ...found);
      about.hidden = !found.length;
    };
    kind.addEventListener("change", offer);
    offer();
    const add = () => blocks((items) => [...items, { set: { block: kind.value, ...JSON.parse(about.hidden ? "{}" : about.value) } }]);
    return make("p", { class: "add" }, kind, about, button("Add", "Add the block", add));
  };
  const panel = make("aside", { id: "broadside-panel", "aria-label": "Arrange the front page", ...ENGLISH },
    make("header", {}, make("h2", {}, "Front page"), make("a", { href: "/desk/" }, "The desk"),
      button("Undo", "Undo the last change", take, !earlier.length)),
    status,
    make("p", { class: "how" }, "Drag a story to its place, or choose it here. It is saved at once, in front_page.yml."),
    make("h2", {}, "Places"), make("ul", { class: "places" }, ...front.names.map(placeOf)),
    make("h2", {}, "What readers see"),
    front.turns.length ? "" : make("p", {}, "The newest stories."),
    make("ul", { class: "turns" }, ...front.turns.map(({ moment, slot, story: slug }) =>
      make("li", {}, make("strong", {}, moment ? `From ${hour(moment)}` : `${slot}, now`), " ", slug ? titled(slug) : "the newest story"))),
    make("h2", {}, "Blocks"), make("ol", { class: "blocks" }, ...front.blocks.map(blockOf)), added());
  document.body.append(panel);
  document.body.classList.add("broadside-arranged");

  // The page itself: stories can be dragged, and places take them.
  const takes = (place, name) => {
    const isStory = (event) => event.dataTransfer.types.includes(DRAGGED);
    place.addEventListener("dragover", (event) => {
      if (!isStory(event)) return;
      event.preventDefault();
      place.classList.add("broadside-over");
    });
    place.addEventListener("dragleave", () => place.classList.remove("broadside-over"));
    place.addEventListener("drop", (event) => {
      if (!isStory(event)) return;
      event.preventDefault();
      place.classList.remove("broadside-over");
      put(name, now(name), event.dataTransfer.getData(DRAGGED), "");
    });
  };
  for (const article of document.querySelectorAll("article[data-slug]")) {
    if (!story.has(article.dataset.slug)) continue;
    article.draggable = true;
    article.addEventListener("dragstart", (event) => {
      event.dataTransfer.setData(DRAGGED, article.dataset.slug);
      event.dataTransfer.effectAllowed = "copyMove";
    });
  }
  for (const place of document.querySelectorAll("[data-slot]")) {
    const name = place.dataset.slot;
    takes(place, name);
    place.append(button(`Change ${name}`, `Change ${name} on the page`, () => change(name, now(name))));
  }
  for (const place of panel.querySelectorAll("[data-place]")) takes(place, place.dataset.place);

  panel.scrollTop = kept.top ?? 0;
  if (kept.key) {
    const again = document.querySelector(`[data-key="${CSS.escape(kept.key)}"]:enabled`);
    (again ?? status).focus({ preventScroll: true }); // the button may be gone, or have nothing more to do
  }
  sessionStorage.setItem(KEPT, JSON.stringify({ undo: kept.undo, version: kept.version }));
})();
