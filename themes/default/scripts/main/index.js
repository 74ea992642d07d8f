// What the theme adds where scripts run; every page works without it. No language stands here: words come from data-msg-* of #messages.
// `npm run scripts` in tests/browser makes ../../static/main.js of this file.
(() => {
  "use strict";
  const root = document.documentElement;
  const site = encodeURIComponent(root.dataset.site || "");
  const recall = name => {
    try { return localStorage.getItem(`ui1:${site}:${name}`); } catch { return null; }
  };
  const keep = (name, value) => {
    try { localStorage.setItem(`ui1:${site}:${name}`, value); } catch { /* not allowed, or full */ }
  };
  const one = (selector, from = document) => from.querySelector(selector);
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const on = (target, type, act) => target.addEventListener(type, act);
  const set = (el, values) => {
    for (const name in values) el.setAttribute(name, values[name]);
    return el;
  };
  const make = (tag, className, text = "") => {
    const el = document.createElement(tag);
    el.className = className;
    el.textContent = text;
    return el;
  };
  const rtl = el => getComputedStyle(el).direction === "rtl";
  const plain = event => !(event.ctrlKey || event.metaKey || event.shiftKey || event.button);

  // Before anything else, so that the page is not seen in the wrong light.
  const wear = () => {
    const theme = recall("theme");
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
    else delete root.dataset.theme;
  };
  wear();
  root.classList.add("js");

  // Text waits for its own letters, a moment at most, so that nothing moves when they come.
  if (document.fonts) {
    root.classList.add("waits");
    const faces = ["Familjen Grotesk"];
    // Also where a page in another script holds such text: a guide that is not translated yet, its items on My plan.
    if (all("[dir=rtl]").some(el => getComputedStyle(el).fontFamily.includes("Vazirmatn"))) faces.push("Vazirmatn");
    const ready = faces.flatMap(face => [400, 640].map(weight => document.fonts.load(`${weight} 1em "${face}"`, "a\u0627")));
    Promise.race([Promise.all(ready), new Promise(done => setTimeout(done, 150))]).catch(() => {}).then(() => root.classList.remove("waits"));
  }

  let words = {};
  let timer;
  const say = text => {
    const toast = one(".toast");
    toast.textContent = text || "";
    clearTimeout(timer);
    timer = setTimeout(() => { toast.textContent = ""; }, 4000);
  };

  const appearance = () => {
    const group = one(".appearance");
    if (!group) return;
    const buttons = all("[data-theme-choice]", group);
    const show = () => {
      wear();
      for (const button of buttons) set(button, { "aria-pressed": button.dataset.themeChoice === (root.dataset.theme || "auto") });
    };
    for (const button of buttons) {
      on(button, "click", () => {
        keep("theme", button.dataset.themeChoice);
        show();
        // Where nothing can be kept, the choice holds for this page.
        if (recall("theme") === null && button.dataset.themeChoice !== "auto") root.dataset.theme = button.dataset.themeChoice;
      });
    }
    on(window, "storage", show);
    on(window, "pageshow", show);
    group.hidden = false;
    show();
  };

  // Closes with Escape, by a press beside it, and when focus leaves it.
  const menu = () => {
    const box = one(".menu");
    if (!box) return;
    on(document, "keydown", event => {
      if (event.key !== "Escape" || !box.open) return;
      if (box.contains(document.activeElement)) one("summary", box).focus();
      box.open = false;
    });
    on(document, "pointerdown", event => { if (!box.contains(event.target)) box.open = false; });
    on(box, "focusout", ({ relatedTarget: next }) => { if (next && !box.contains(next)) box.open = false; });
  };

  // The path is drawn up to where the reader is.
  const contents = () => {
    const lists = all(".toc-beside, .toc-inline").map(box => ({
      box,
      places: all("a", box).map(link => ({
        link,
        top: link.closest(".trail > li"),
        target: document.getElementById(decodeURIComponent(link.hash.slice(1))),
      })).filter(({ target }) => target),
    }));
    if (!lists.length) return;
    let waiting = 0;
    const follow = () => {
      waiting = 0;
      const end = innerHeight + scrollY >= root.scrollHeight - 4;
      for (const { box, places } of lists) {
        const here = places.findLast(({ target }) => end || target.getBoundingClientRect().top <= innerHeight * .3);
        let ahead = !here;
        for (const place of places) {
          ahead ||= place.top === here.top;
          place.top.classList.toggle("walked", !ahead);
          place.top.classList.toggle("here", place.top === here?.top);
          if (place === here) set(place.link, { "aria-current": "location" });
          else place.link.removeAttribute("aria-current");
        }
        if (!here || box.scrollHeight <= box.clientHeight) continue;
        const a = here.top.getBoundingClientRect();
        const b = box.getBoundingClientRect();
        if (a.top < b.top || a.bottom > b.bottom) box.scrollTop += a.top - b.top - b.height / 3;
      }
    };
    const soon = () => { waiting ||= requestAnimationFrame(follow); };
    on(window, "scroll", soon);
    on(window, "resize", soon);
    follow();
    for (const link of all(".toc-inline a")) on(link, "click", () => { link.closest("details").open = false; });
  };

  // A heading's own link goes to the clipboard as well as to the address bar.
  const links = () => on(document, "click", event => {
    const link = event.target.closest?.("a.heading-link");
    if (link && plain(event)) navigator.clipboard?.writeText(link.href).then(() => say(words.msgLinkCopied), () => say(words.msgLinkFailed));
  });

  const code = () => {
    for (const pre of all("pre")) {
      const box = set(make("div", "code"), { dir: "ltr" });
      const button = set(make("button", "code-copy", words.msgCode), { type: "button", lang: root.lang });
      on(button, "click", () => navigator.clipboard?.writeText(pre.textContent).then(() => say(words.msgCodeCopied), () => say(words.msgLinkFailed)));
      pre.replaceWith(box);
      box.append(pre, button);
    }
  };

  // A term opens where it stands; its definition is on the page.
  const terms = () => {
    const found = all("a.term[data-term]").filter(({ dataset }) => document.getElementById(`term-${dataset.term}`));
    if (!found.length || !HTMLElement.prototype.showPopover) return;
    const card = set(make("div", "term-card"), { popover: "auto", role: "dialog", "aria-labelledby": "term-card-name", tabindex: -1 });
    document.body.append(card);
    let from;
    const fill = link => {
      const definition = document.getElementById(`term-${link.dataset.term}`);
      const name = set(make("p", "term-card-name", one("dt bdi, dt", definition.parentElement).textContent), { id: "term-card-name" });
      const text = make("div", "");
      text.append(...[...definition.childNodes].map(node => node.cloneNode(true)));
      for (const el of all("[id]", text)) el.removeAttribute("id");
      const more = make("a", "", words.msgGlossary);
      more.href = link.href;
      const close = set(make("button", "term-card-close", "\u00d7"), { type: "button", "aria-label": words.msgClose });
      on(close, "click", () => card.hidePopover());
      set(card, { lang: root.lang, dir: root.dir });
      card.replaceChildren(name, text, more, close);
    };
    const place = link => {
      const box = link.getBoundingClientRect();
      const start = rtl(card) ? root.clientWidth - box.right : box.left;
      const below = box.bottom + 8;
      card.style.setProperty("--x", `${Math.max(16, Math.min(start, root.clientWidth - card.offsetWidth - 16))}px`);
      card.style.setProperty("--y", `${below + card.offsetHeight < innerHeight ? below : Math.max(8, box.top - card.offsetHeight - 8)}px`);
    };
    on(card, "beforetoggle", ({ newState }) => {
      if (newState === "open") return;
      set(from, { "aria-expanded": false });
      if (card.contains(document.activeElement)) from.focus({ preventScroll: true });
    });
    for (const link of found) {
      set(link, { "aria-haspopup": "dialog", "aria-expanded": false });
      on(link, "click", event => {
        if (!plain(event)) return;
        event.preventDefault();
        from = link;
        fill(link);
        card.showPopover();
        place(link);
        set(link, { "aria-expanded": true });
        card.focus({ preventScroll: true });
      });
    }
    on(window, "resize", () => card.hidePopover());
  };

  // Arabic and Persian letters, half spaces, marks, digits and case do not divide.
  const fold = text => text.normalize("NFKC").toLowerCase()
    .replace(/[\u064a\u0649\u0626]/g, "\u06cc").replace(/\u0624/g, "\u0648").replace(/\u0643/g, "\u06a9").replace(/[\u06c0\u0629]/g, "\u0647")
    .replace(/[\u0622\u0623\u0625\u0671]/g, "\u0627").replace(/[\u200c\u200d\u0640\u00ad\u064b-\u0655\u0670\s]/g, "")
    .replace(/[\u0660-\u0669\u06f0-\u06f9]/g, digit => digit.charCodeAt() & 15);
  const counted = (message, count) => {
    let form = message || "";
    if (form.startsWith("{\"")) {
      const forms = JSON.parse(form);
      form = forms[`=${count}`] ?? forms[new Intl.PluralRules(root.lang).select(count)] ?? forms.other;
    }
    return form.replace("{count}", new Intl.NumberFormat(root.lang).format(count));
  };
  const glossary = () => {
    const box = one(".glossary-filter");
    if (!box) return;
    const input = one("input", box);
    const entries = all(".term-entry").map(el => ({ el, key: all("h3, bdi", el).map(name => fold(name.textContent)).join("|") }));
    let wait;
    on(input, "input", () => {
      const wanted = fold(input.value);
      for (const { el, key } of entries) el.hidden = !key.includes(wanted);
      for (const group of all(".glossary-group")) group.hidden = !one(".term-entry:not([hidden])", group);
      clearTimeout(wait);
      wait = setTimeout(() => { one(".glossary-count", box).textContent = counted(words.msgTerms, entries.filter(({ el }) => !el.hidden).length); }, 300);
    });
  };

  // Tabs: a list whose items begin with a name in bold.
  const tabs = () => all("[data-tabs]").forEach((box, k) => {
    const list = one(":scope > ul", box);
    const items = list ? [...list.children].filter(item => one("strong", item)) : [];
    if (items.length < 2) return;
    const row = set(make("div", "tab-list"), { role: "tablist" });
    const pairs = items.map((item, i) => {
      const name = one("strong", item);
      const tab = set(make("button", "", name.textContent), { type: "button", role: "tab", id: `tab-${k}-${i}`, "aria-controls": `panel-${k}-${i}` });
      const panel = set(make("div", "tab-panel"), { role: "tabpanel", id: `panel-${k}-${i}`, "aria-labelledby": tab.id, tabindex: 0 });
      name.remove();
      panel.append(...item.childNodes);
      row.append(tab);
      return { tab, panel };
    });
    const select = n => pairs.forEach(({ tab, panel }, i) => {
      set(tab, { "aria-selected": i === n, tabindex: i === n ? 0 : -1 });
      panel.hidden = i !== n;
    });
    pairs.forEach(({ tab }, i) => on(tab, "click", () => select(i)));
    on(row, "keydown", ({ key, target }) => {
      const now = pairs.findIndex(({ tab }) => tab === target);
      const step = { ArrowRight: 1, ArrowLeft: -1 }[key] * (rtl(row) ? -1 : 1);
      if (now < 0 || !step) return;
      const next = (now + step + pairs.length) % pairs.length;
      select(next);
      pairs[next].tab.focus();
    });
    list.replaceWith(row, ...pairs.map(({ panel }) => panel));
    select(0);
  });

  // The reader's language, offered once in that language; a choice in the switcher is an answer.
  const language = () => {
    for (const link of all("[data-language]")) {
      on(link, "click", () => {
        keep("lang", link.dataset.language);
        // Explicit anchors are the same in every language: the place comes along.
        if (!link.hash && /^#[\w-]+$/.test(location.hash)) link.hash = location.hash;
      });
    }
    if (recall("lang")) return;
    const base = tag => tag.toLowerCase().split("-")[0];
    for (const tag of navigator.languages.map(base)) {
      if (tag === base(root.lang)) return;
      const offer = all("[data-suggest]").find(({ dataset }) => base(dataset.suggest) === tag);
      if (!offer) continue;
      offer.hidden = false;
      on(one("[data-dismiss]", offer), "click", () => {
        keep("lang", root.lang);
        offer.remove();
      });
      return;
    }
  };

  // The search script comes when search is first wanted; a copy of markup needs no policy to be run.
  const search = () => {
    const input = one("#search-input");
    const script = one(".search-script");
    if (!input || !script) return;
    const load = () => {
      input.removeEventListener("focus", load);
      document.head.append(document.importNode(script.content, true));
    };
    on(input, "focus", load);
    // Who is faster than the script is answered when it is there.
    on(input, "keydown", ({ key, isComposing }) => { if (!isComposing) input.toggleAttribute("data-entered", key === "Enter"); });
    if (document.activeElement === input) load();
    on(document, "keydown", event => {
      const { key, code, ctrlKey, metaKey, altKey, shiftKey, target } = event;
      const slash = key === "/" && !ctrlKey && !metaKey && !altKey && !target.closest?.("input, textarea, select, [contenteditable]") && recall("slash") !== "off";
      if (!slash && !(code === "KeyK" && (ctrlKey || metaKey) && !altKey && !shiftKey)) return;
      event.preventDefault();
      input.focus();
      input.select();
    });
  };

  const paper = () => {
    for (const button of all("[data-print]")) on(button, "click", () => print());
  };

  on(document, "DOMContentLoaded", () => {
    words = one("#messages")?.dataset || {};
    for (const part of [appearance, menu, contents, links, code, terms, glossary, tabs, language, search, paper]) part();
  });
})();
