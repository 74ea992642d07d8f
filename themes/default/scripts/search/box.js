// The field and its list: a combobox as in the ARIA Authoring Practices Guide. No language stands here: words come from data-msg-* of #messages.
import { open, remembered } from './engine.js';
import { loader } from './files.js';
import { counted, keep, make, recall, root, set } from './page.js';

const SHOWN = 6;
const RECENT = 6;

/** Makes the field of the page a combobox. */
export function start(box, input) {
  const part = name => box.querySelector(`.search-${name}`);
  const words = document.getElementById("messages").dataset;
  const [, base, tag] = /^(.*?)([^/]+)\/index\.js$/.exec(box.dataset.search);
  const site = base.replace(/search\/$/, "");
  const recent = () => { try { return JSON.parse(recall("recent") || "[]").filter(text => typeof text === "string").slice(0, RECENT); } catch { return []; } };
  // What a reader wrote, in its own direction.
  const written = text => set(make("bdi", "", text), { dir: "auto" });
  const nothing = text => {
    const [before, after = ""] = words.msgSearchNone.split("{query}");
    status.replaceChildren(before, written(text), after);
  };

  const file = remembered(loader(base));
  const engine = remembered(language => open(file, language));

  const panel = part("panel");
  const list = part("list");
  const status = part("status");
  const also = part("also");
  const sections = part("sections");
  let active = -1;
  let turn = 0;
  const options = () => [...list.querySelectorAll('[role="option"]')];
  const choose = n => {
    const all = options();
    active = all.length ? (n + all.length + 1) % (all.length + 1) : -1;
    if (active === all.length) active = -1;
    all.forEach((option, i) => option.setAttribute("aria-selected", i === active));
    if (active < 0) input.removeAttribute("aria-activedescendant");
    else {
      input.setAttribute("aria-activedescendant", all[active].id);
      all[active].scrollIntoView({ block: "nearest" });
    }
  };
  const opened = is => {
    panel.hidden = !is;
    input.setAttribute("aria-expanded", is && options().length > 0);
    if (!is) choose(-1);
  };
  const option = (el, id) => set(el, { id: `search-option-${id}`, tabindex: -1, role: "option", "aria-selected": false });
  const marked = pieces => pieces.map(([text, found]) => found ? make("mark", "", text) : text);
  const isolated = pieces => make("bdi", "", ...marked(pieces));
  const remember = () => {
    const text = input.value.trim();
    if (text) keep("recent", JSON.stringify([text, ...recent().filter(other => other !== text)].slice(0, RECENT)));
  };
  const link = (href, className, id, ...inside) => {
    const el = option(make("a", className, ...inside), id);
    el.href = site + href;
    return el;
  };
  const wordList = (texts, title) => {
    const group = set(make("div", "search-words"), { role: "group", "aria-label": title });
    group.append(set(make("p", "search-group-name", title), { "aria-hidden": true }), ...texts.map((text, i) => {
      const el = option(make("div", "search-word", written(text)), `word-${i}`);
      el.dataset.word = text;
      return el;
    }));
    return group;
  };

  const guide = (shown, id, from) => {
    const group = set(make("div", "search-group"), { role: "group", "aria-label": shown.title.map(([text]) => text).join("") });
    if (from.lang !== root.lang) set(group, from);
    const start = shown.places.find(place => place.href === shown.href);
    const title = link(shown.href, "search-guide", `${id}`, make("span", "search-title", isolated(shown.title)));
    if (shown.section) title.append(" ", make("span", "search-section", make("bdi", "", shown.section)));
    if (start?.text.length && start.text.some(([, found]) => found)) title.append(make("span", "search-excerpt", ...marked(start.text)));
    group.append(title);
    shown.places.filter(place => place !== start).forEach((place, i) => {
      const el = link(place.href, place.item ? "search-place search-item" : "search-place", `${id}-${i}`);
      // The entry of what was asked for by name: what Enter opens.
      if (shown.named && !i) el.dataset.named = "";
      if (place.heading.length) el.append(make("span", "search-heading", isolated(place.heading)), " ");
      if (place.text.length) el.append(make("span", "search-excerpt", ...marked(place.text)));
      group.append(el);
    });
    return group;
  };

  const results = async (text, language) => {
    const from = await engine(language);
    const found = await from.query(text);
    // All texts are fetched at once, and each is shown as soon as it is there.
    const groups = at => {
      const some = found.results.slice(at, at + SHOWN);
      for (const result of some) from.text(result).catch(() => {});
      return some.map((result, i) => async () => guide(await from.show(result, found.forms), `${language}-${at + i}`, from.frame));
    };
    return { from, found, groups };
  };

  const append = async (groups, mine, into) => {
    for (const group of groups) {
      const made = await group();
      if (mine !== turn) return;
      into.append(made);
    }
  };
  // The guides of one language, in the list.
  const shelf = (...inside) => set(make("div", "", ...inside), { role: "presentation" });

  const resting = () => {
    const texts = recent();
    list.replaceChildren(...texts.length ? [wordList(texts, words.msgSearchRecent)] : []);
    status.replaceChildren();
    also.hidden = sections.hidden = part("more").hidden = true;
    part("forget").hidden = !texts.length;
    opened(texts.length > 0);
  };
  const failed = mine => {
    if (mine !== turn) return;
    list.replaceChildren();
    status.textContent = words.msgSearchError;
    sections.hidden = false;
    opened(true);
  };
  const find = async () => {
    const mine = ++turn;
    const text = input.value.trim();
    // A choice was one of what was found before.
    choose(-1);
    if (!text) return resting();
    try {
      const slow = setTimeout(() => { if (mine === turn) status.textContent = words.msgSearchLoading; }, 300);
      const { from, found, groups } = await results(text, tag).finally(() => clearTimeout(slow));
      const near = found.results.length && !found.partial ? [] : await from.nearest(found.unknown);
      if (mine !== turn || input.value.trim() !== text) return;
      const total = found.results.length;
      // One letter is the beginning of a word.
      if (!total && [...text].length < 2) return resting();
      const first = groups(0);
      const own = shelf(...near.length ? [wordList(near, words.msgSearchNear)] : [], ...first.length ? [await first.shift()()] : []);
      if (mine !== turn) return;
      list.replaceChildren(own);
      active = -1;
      input.removeAttribute("aria-activedescendant");
      if (total) status.textContent = counted(words.msgSearchCount, total) + (found.partial ? `. ${words.msgSearchPartial}` : "");
      else nothing(text);
      also.hidden = !also.querySelector("button");
      for (const button of also.querySelectorAll("button")) button.hidden = false;
      sections.hidden = total > 0;
      part("forget").hidden = true;
      let shown = 0;
      const add = groups => {
        shown += SHOWN;
        part("more").hidden = total <= shown;
        append(groups, mine, own).catch(() => failed(mine));
      };
      part("more").onclick = () => { input.focus(); add(groups(shown)); };
      add(first);
      opened(true);
    } catch { failed(mine); }
  };
  // Ends when there is something to choose.
  let searching;
  const search = () => { searching = find(); };
  const elsewhere = async button => {
    const mine = turn;
    const text = input.value.trim();
    try {
      const { found, groups } = await results(text, button.dataset.searchLanguage);
      if (mine !== turn) return;
      button.hidden = true;
      input.focus();
      const total = found.results.length;
      if (total) status.textContent = counted(words.msgSearchCount, total);
      else nothing(text);
      const called = set(make("bdi", "", button.textContent), { lang: button.lang, dir: button.dir });
      status.prepend(called, ": ");
      opened(true);
      if (!total) return;
      const name = make("p", "search-group-name", called.cloneNode(true));
      [name.lang, name.dir] = [button.lang, button.dir];
      const own = shelf(name);
      list.append(own);
      await append(groups(0), mine, own);
      // The window stays where it is, with the field.
      const popup = part("popup");
      popup.scrollTop += name.getBoundingClientRect().top - popup.getBoundingClientRect().top;
    } catch { status.textContent = words.msgSearchError; }
  };
  const take = el => {
    if (!el) return;
    if (el.dataset.word) {
      input.value = el.dataset.word;
      input.focus();
      search();
    } else el.click();
  };

  set(input, { role: "combobox", "aria-expanded": false, "aria-controls": list.id, "aria-autocomplete": "list" });
  input.addEventListener("input", search);
  input.addEventListener("focus", () => { if (panel.hidden) search(); });
  // Opens what is found for the words that stand there, not for those before.
  const enter = async () => {
    const mine = turn;
    await searching;
    const all = options();
    const first = all.find(el => el.href);
    if (mine === turn) take(all[active] ?? first?.parentNode.querySelector("[data-named]") ?? first);
  };
  input.addEventListener("keydown", event => {
    if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
    const { key } = event;
    if (key === "ArrowDown" || key === "ArrowUp") {
      event.preventDefault();
      if (panel.hidden) search();
      else choose(active + (key === "ArrowDown" ? 1 : -1));
    } else if (key === "Enter") {
      event.preventDefault();
      enter();
    } else if (key === "Escape" && !panel.hidden) {
      event.preventDefault();
      opened(false);
    }
  });
  // A press must not take the focus from the input.
  list.addEventListener("mousedown", event => { if (event.target.closest("[data-word]")) event.preventDefault(); });
  list.addEventListener("click", event => {
    const el = event.target.closest('[role="option"]');
    if (el?.dataset.word) take(el);
    else if (el) remember();
    if (el?.hash && el.pathname === location.pathname) opened(false);
  });
  also.addEventListener("click", event => {
    const button = event.target.closest("button");
    if (button) elsewhere(button);
  });
  part("forget").addEventListener("click", () => {
    keep("recent", "[]");
    input.focus();
    resting();
  });
  const slash = part("slash").querySelector("input");
  slash.checked = recall("slash") !== "off";
  slash.addEventListener("change", () => keep("slash", slash.checked ? "on" : "off"));
  box.addEventListener("focusout", ({ relatedTarget: next }) => { if (next && !box.contains(next)) opened(false); });
  box.addEventListener("keydown", event => {
    if (event.key !== "Escape" || event.target === input || panel.hidden) return;
    input.focus();
    opened(false);
  });
  document.addEventListener("pointerdown", event => { if (!box.contains(event.target)) opened(false); });
  engine(tag).catch(() => {});
  if (document.activeElement === input) search();
  if (input.hasAttribute("data-entered")) enter();
}
