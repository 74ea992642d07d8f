// The development server puts this script into every page it serves; no built site has it.
//
// The server sends the number of each new version of the site. The script asks what it means for this page: another text (reload, where
// the reader was), other style sheets (swap them), problems (show them until they are mended). It works under the site's own strict content
// security policy: no inline script or style, no HTML from strings.
"use strict";
(() => {
  const { token, page, shape } = document.currentScript.dataset;
  const key = "rahnama-live";
  const root = document.documentElement;
  let shown = page; // The hash of this page's text.
  let number; // The last version that was asked about.
  let source; // The channel, where this page listens.
  let asking = false;
  let again = false;

  // --- The channel -----------------------------------------------------------------------------------------------------------------------

  // Browsers keep only six connections to a server, and many pages may be open. So one page listens and tells the others; where pages
  // cannot agree on one (over plain HTTP from another computer), only those that are seen listen.
  const others = navigator.locks && self.BroadcastChannel ? new BroadcastChannel(key) : undefined;

  function begin() {
    if (others) {
      others.onmessage = ask;
      ask();
      navigator.locks.request(key, () => {
        connect();
        return new Promise(() => {}); // Until this page goes.
      });
    } else {
      document.addEventListener("visibilitychange", () => (document.hidden ? disconnect() : connect()));
      addEventListener("pagehide", disconnect);
      addEventListener("pageshow", connect);
      connect();
    }
  }

  function connect() {
    if (source || (!others && document.hidden)) return;
    source = new EventSource(`/_rahnama/events?token=${token}`);
    source.onmessage = () => {
      if (others) others.postMessage("");
      ask();
    };
    source.onerror = () => {
      if (!source || source.readyState !== EventSource.CLOSED) return;
      source = undefined;
      setTimeout(revive, 1000, connect);
    };
  }

  function disconnect() {
    if (source) source.close();
    source = undefined;
  }

  // The server refused or is gone. When another one has started, its pages carry another token.
  async function revive(otherwise) {
    try {
      const text = await (await fetch(location.href, { cache: "no-store" })).text();
      const found = /data-token="([0-9a-f]+)"/.exec(text);
      if (found && found[1] !== token) reload();
      else otherwise();
    } catch {
      setTimeout(revive, 2000, otherwise);
    }
  }

  async function ask() {
    again = asking;
    if (asking) return;
    asking = true;
    try {
      const since = number === undefined ? "" : `&since=${number}`;
      const where = location.pathname.replaceAll("&", "%26");
      const answer = await fetch(`/_rahnama/state?token=${token}&page=${where}${since}`, { cache: "no-store" });
      if (answer.ok) act(await answer.json());
      else if (answer.status === 403) revive(() => {});
    } catch {
      // The channel comes back by itself and asks again.
    }
    asking = false;
    if (again) ask();
  }

  function act(state) {
    number = state.number;
    show(state.problems.filter((problem) => problem.here && problem.level === "error"));
    const changed = new Set((state.changed || []).map(plain));
    if (state.page !== null && state.page !== shown) {
      if (state.shape !== shape || !swap(state.styles, changed)) reload();
      shown = state.page;
    } else if (changed.size > 0) {
      const links = styles();
      const used = performance.getEntriesByType("resource").map((entry) => plain(new URL(entry.name).pathname));
      const sheets = new Set(links.map((link) => plain(new URL(link.href).pathname)));
      if (used.some((path) => changed.has(path) && !sheets.has(path))) reload();
      else swap(links.map((link) => link.href), changed);
    }
  }

  // A path without percent signs, so that two spellings of it are equal.
  function plain(path) {
    try {
      return decodeURIComponent(path);
    } catch {
      return path;
    }
  }

  // --- Style sheets ----------------------------------------------------------------------------------------------------------------------

  function styles() {
    return [...document.querySelectorAll('link[rel~="stylesheet"]')].filter((link) => !link.dataset.old);
  }

  // Puts other sheets in the place of these, one after the other has loaded; false when they are not the same ones any more.
  function swap(hrefs, changed) {
    const links = styles();
    if (links.length !== hrefs.length) return false;
    links.forEach((link, i) => {
      const url = new URL(hrefs[i], location.href);
      const isSame = url.pathname === new URL(link.href).pathname;
      if (isSame && !changed.has(plain(url.pathname))) return;
      if (isSame) url.searchParams.set("live", number);
      const fresh = link.cloneNode();
      fresh.removeAttribute("integrity");
      fresh.href = url.href;
      link.dataset.old = "";
      fresh.onload = fresh.onerror = () => link.remove();
      link.after(fresh);
    });
    return true;
  }

  // --- Reloading where the reader was ----------------------------------------------------------------------------------------------------

  function reload() {
    const at = document.activeElement;
    const place = { path: location.pathname, x: scrollX, y: scrollY, focus: describe(at), from: at && at.selectionStart, to: at && at.selectionEnd };
    try {
      sessionStorage.setItem(key, JSON.stringify(place));
    } catch {
      // Private windows may have no storage; the page starts at its top then.
    }
    location.reload();
  }

  // A selector for an element: its id, else its place among its siblings, up to an id or the body.
  function describe(element) {
    const parts = [];
    for (let at = element; at && at !== document.body && at !== root; at = at.parentElement) {
      if (at.id) {
        parts.unshift(`#${CSS.escape(at.id)}`);
        break;
      }
      parts.unshift(`${at.localName}:nth-child(${1 + [...at.parentElement.children].indexOf(at)})`);
    }
    return parts.join(" > ");
  }

  function restore() {
    let place;
    try {
      place = JSON.parse(sessionStorage.getItem(key));
      sessionStorage.removeItem(key);
    } catch {
      return;
    }
    if (!place || place.path !== location.pathname) return;
    const element = place.focus && document.querySelector(place.focus);
    if (element) {
      element.focus({ preventScroll: true });
      if (typeof place.from === "number" && element.setSelectionRange) element.setSelectionRange(place.from, place.to);
    }
    const scroll = () => scrollTo({ left: place.x, top: place.y, behavior: "instant" });
    scroll();
    addEventListener("load", scroll, { once: true });
  }

  // --- Problems --------------------------------------------------------------------------------------------------------------------------

  const words = {
    en: { title: "This page has errors", note: "You see its last good version. The page mends itself when the errors are gone.", close: "Close" },
    sv: { title: "Sidan innehåller fel", note: "Du ser den senaste fungerande versionen. Sidan uppdateras när felen är rättade.", close: "Stäng" },
    fa: { title: "این صفحه خطا دارد", note: "آخرین نسخهٔ سالم صفحه را می‌بینید. پس از رفع خطاها صفحه خودش تازه می‌شود.", close: "بستن" },
  };
  let host; // The element that carries the overlay.
  let told = ""; // What it says, or said when it was closed.

  function show(problems) {
    const text = problems.map((problem) => problem.text).join("\n");
    if (text === told) return;
    told = text;
    close();
    if (text) open(problems);
  }

  function close() {
    if (host) host.remove();
    host = undefined;
  }

  function open(problems) {
    const language = (root.lang || "en").split("-")[0];
    const say = words[language] || words.en;
    host = document.createElement("rahnama-problems");
    const shadow = host.attachShadow({ mode: "open" });
    const style = make("link");
    style.rel = "stylesheet";
    style.href = "/_rahnama/live.css";
    const box = make("section");
    box.setAttribute("role", "alert");
    box.lang = words[language] ? language : "en";
    box.dir = words[language] ? root.dir || "ltr" : "ltr";
    const button = make("button", say.close);
    button.type = "button";
    button.onclick = close;
    box.append(make("h2", say.title), button, make("p", say.note));
    for (const problem of problems) {
      const frame = make("pre", problem.text);
      Object.assign(frame, { dir: "ltr", lang: "en", tabIndex: 0 });
      box.append(frame);
    }
    shadow.append(style, box);
    root.append(host);
  }

  function make(name, text) {
    const element = document.createElement(name);
    if (text) element.textContent = text;
    return element;
  }

  // --- Beginning -------------------------------------------------------------------------------------------------------------------------

  addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
  });
  restore();
  begin();
})();
