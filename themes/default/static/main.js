// What the theme adds when scripts run: appearance, contents that follow, terms in place, links to copy,
// a filter for the glossary, tabs, and the offer of the reader's own language. Every page works without it.
// No text stands here: messages come from data-msg-* of #messages, in the language of the page.
(function () {
  "use strict";
  var root = document.documentElement;
  var site = encodeURIComponent(root.dataset.site || "");

  function recall(name) {
    try { return localStorage.getItem("ui1:" + site + ":" + name); } catch (e) { return null; }
  }
  function keep(name, value) {
    try { localStorage.setItem("ui1:" + site + ":" + name, value); } catch (e) { /* not allowed, or full */ }
  }
  function all(selector, from) { return Array.from((from || document).querySelectorAll(selector)); }
  function on(target, type, act) { if (target) target.addEventListener(type, act); }
  function make(tag, name, text) {
    var el = document.createElement(tag);
    if (name) el.className = name;
    if (text) el.textContent = text;
    return el;
  }

  // Appearance: before anything else, so that the page is not seen in the wrong light.
  function wear(choice) {
    if (choice === "light" || choice === "dark") root.dataset.theme = choice;
    else delete root.dataset.theme;
  }
  wear(recall("theme"));

  var words = (document.getElementById("messages") || {}).dataset || {};
  var toast = document.querySelector(".toast");
  var toastTimer;
  function say(text) {
    if (!toast || !text) return;
    toast.textContent = text;
    clearTimeout(toastTimer);
    toastTimer = setTimeout(function () { toast.textContent = ""; }, 4000);
  }

  function appearance() {
    var group = document.querySelector(".appearance");
    if (!group) return;
    var buttons = all("[data-theme-choice]", group);
    function show() {
      var now = root.dataset.theme || "auto";
      buttons.forEach(function (b) { b.setAttribute("aria-pressed", String(b.dataset.themeChoice === now)); });
    }
    buttons.forEach(function (b) {
      on(b, "click", function () { keep("theme", b.dataset.themeChoice); wear(b.dataset.themeChoice); show(); });
    });
    on(window, "storage", function () { wear(recall("theme")); show(); });
    on(window, "pageshow", function () { wear(recall("theme")); show(); });
    group.hidden = false;
    show();
  }

  // The menu closes with Escape, by a press beside it, and when the focus leaves it.
  function menu() {
    var box = document.querySelector(".menu");
    if (!box) return;
    on(document, "keydown", function (e) {
      if (e.key !== "Escape" || !box.open) return;
      var inside = box.contains(document.activeElement);
      box.open = false;
      if (inside) box.querySelector("summary").focus();
    });
    on(document, "pointerdown", function (e) { if (box.open && !box.contains(e.target)) box.open = false; });
    on(box, "focusout", function (e) { if (e.relatedTarget && !box.contains(e.relatedTarget)) box.open = false; });
  }

  // Contents that follow: the path is drawn up to where the reader is.
  function contents() {
    var places = [];
    all(".toc-list > li").forEach(function (li) {
      all("a", li).forEach(function (a) {
        var target = document.getElementById(decodeURIComponent(a.hash.slice(1)));
        if (target) places.push({ top: li, link: a, target: target });
      });
    });
    if (!places.length) return;
    var waiting = false;
    function follow() {
      waiting = false;
      var line = innerHeight * 0.3;
      var end = innerHeight + scrollY >= root.scrollHeight - 4;
      [".toc-beside", ".toc-inline"].forEach(function (where) {
        var mine = places.filter(function (p) { return p.link.closest(where); });
        var here = -1;
        mine.forEach(function (p, i) { if (end || p.target.getBoundingClientRect().top <= line) here = i; });
        var top = here < 0 ? null : mine[here].top;
        var passed = !!top;
        mine.forEach(function (p, i) {
          if (p.top === top) passed = false;
          p.top.classList.toggle("walked", passed);
          p.top.classList.toggle("here", p.top === top);
          if (i === here) p.link.setAttribute("aria-current", "location");
          else p.link.removeAttribute("aria-current");
        });
        var box = mine.length && mine[0].link.closest(where);
        if (top && box && box.scrollHeight > box.clientHeight) {
          var a = top.getBoundingClientRect();
          var b = box.getBoundingClientRect();
          if (a.top < b.top || a.bottom > b.bottom) box.scrollTop += a.top - b.top - box.clientHeight / 3;
        }
      });
    }
    function soon() { if (!waiting) { waiting = true; requestAnimationFrame(follow); } }
    on(window, "scroll", soon);
    on(window, "resize", soon);
    follow();
    all(".toc-inline a").forEach(function (a) { on(a, "click", function () { a.closest("details").open = false; }); });
  }

  // A heading's own link goes to the clipboard as well as to the address bar.
  function links() {
    on(document, "click", function (e) {
      var a = e.target.closest && e.target.closest("a.heading-link");
      if (!a || e.ctrlKey || e.metaKey || e.shiftKey || !navigator.clipboard) return;
      navigator.clipboard.writeText(a.href).then(function () { say(words.msgLinkCopied); }, function () { say(words.msgLinkFailed); });
    });
  }

  // A term opens where it stands; its definition is already on the page.
  function terms() {
    var links = all("a.term[data-term]");
    if (!links.length || !HTMLElement.prototype.togglePopover) return;
    var card = make("div", "term-card");
    card.setAttribute("popover", "auto");
    card.setAttribute("role", "dialog");
    card.setAttribute("aria-labelledby", "term-card-name");
    card.tabIndex = -1;
    document.body.append(card);
    var from = null;
    function fill(link, definition) {
      var name = make("p", "term-card-name", link.textContent);
      name.id = "term-card-name";
      var text = make("div");
      var source = definition.parentElement.querySelector("dt bdi, dt");
      if (source) name.textContent = source.textContent;
      definition.childNodes.forEach(function (node) { text.append(node.cloneNode(true)); });
      all("[id]", text).forEach(function (el) { el.removeAttribute("id"); });
      var more = make("p");
      var a = make("a", "", words.msgGlossary);
      a.href = link.href;
      more.append(a);
      var close = make("button", "term-card-close", "\u00d7");
      close.type = "button";
      close.setAttribute("aria-label", words.msgClose || "");
      on(close, "click", function () { card.hidePopover(); });
      var part = link.closest("[lang]");
      card.lang = part.lang;
      card.dir = getComputedStyle(part).direction;
      card.replaceChildren(name, text, more, close);
    }
    function place(link) {
      var r = link.getBoundingClientRect();
      var wide = root.clientWidth;
      var start = getComputedStyle(card).direction === "rtl" ? wide - r.right : r.left;
      card.style.setProperty("--x", Math.max(16, Math.min(start, wide - card.offsetWidth - 16)) + "px");
      var below = r.bottom + 8 + card.offsetHeight < innerHeight;
      card.style.setProperty("--y", Math.max(8, below ? r.bottom + 8 : r.top - card.offsetHeight - 8) + "px");
    }
    on(card, "toggle", function (e) {
      if (e.newState === "open" || !from) return;
      from.setAttribute("aria-expanded", "false");
      if (card.contains(document.activeElement) || document.activeElement === document.body) from.focus({ preventScroll: true });
    });
    links.forEach(function (link) {
      var definition = document.getElementById("term-" + link.dataset.term);
      if (!definition) return;
      link.setAttribute("aria-haspopup", "dialog");
      link.setAttribute("aria-expanded", "false");
      on(link, "click", function (e) {
        if (e.ctrlKey || e.metaKey || e.shiftKey || e.button) return;
        e.preventDefault();
        if (from) from.setAttribute("aria-expanded", "false");
        from = link;
        fill(link, definition);
        card.showPopover();
        place(link);
        link.setAttribute("aria-expanded", "true");
        card.focus({ preventScroll: true });
      });
    });
    on(window, "resize", function () { if (card.matches(":popover-open")) card.hidePopover(); });
  }

  // Writing as a reader thinks of it: Arabic and Persian letters, half spaces, marks and case do not divide.
  function fold(text) {
    return text.normalize("NFKC").toLowerCase()
      .replace(/[\u064a\u0649]/g, "\u06cc").replace(/\u0643/g, "\u06a9").replace(/[\u06c0\u0629]/g, "\u0647")
      .replace(/[\u0622\u0623\u0625\u0671]/g, "\u0627").replace(/[\u200c\u200d\u0640\u00ad\s]/g, "").replace(/[\u064b-\u0655\u0670]/g, "")
      .replace(/[\u06f0-\u06f9]/g, function (d) { return String(d.charCodeAt(0) - 1776); });
  }
  function plural(json, n) {
    var shown = new Intl.NumberFormat(root.lang).format(n);
    var forms;
    try { forms = JSON.parse(json); } catch (e) { return (json || "").replace("{count}", shown); }
    var form = forms["=" + n] || forms[new Intl.PluralRules(root.lang).select(n)] || forms.other || "";
    return form.replace("{count}", shown);
  }
  function glossary() {
    var box = document.querySelector(".glossary-filter");
    if (!box) return;
    var input = box.querySelector("input");
    var count = box.querySelector(".glossary-count");
    var entries = all(".term-entry").map(function (el) {
      var names = all("h3, .term-facts div:not(:last-child) .term-also, .term-facts bdi", el);
      return { el: el, key: names.map(function (n) { return fold(n.textContent); }).join("|") };
    });
    var timer;
    on(input, "input", function () {
      var wanted = fold(input.value);
      var n = 0;
      entries.forEach(function (entry) {
        var found = entry.key.includes(wanted);
        entry.el.hidden = !found;
        if (found) n += 1;
      });
      all(".glossary-group").forEach(function (group) { group.hidden = !group.querySelector(".term-entry:not([hidden])"); });
      clearTimeout(timer);
      timer = setTimeout(function () { count.textContent = plural(words.msgTerms, n); }, 300);
    });
    box.hidden = false;
  }

  // Tabs: a list whose items begin with a name in bold. Arrow keys follow the direction of the text.
  function tabs() {
    all("[data-tabs]").forEach(function (box, k) {
      var list = box.querySelector(":scope > ul");
      if (!list) return;
      var row = make("div", "tab-list");
      row.setAttribute("role", "tablist");
      var pairs = [];
      Array.from(list.children).forEach(function (li, i) {
        var name = li.querySelector("strong");
        if (!name) return;
        var tab = make("button", "", name.textContent);
        var panel = make("div", "tab-panel");
        tab.type = "button";
        tab.id = "tab-" + k + "-" + i;
        panel.id = "panel-" + k + "-" + i;
        tab.setAttribute("role", "tab");
        tab.setAttribute("aria-controls", panel.id);
        panel.setAttribute("role", "tabpanel");
        panel.setAttribute("aria-labelledby", tab.id);
        panel.tabIndex = 0;
        name.remove();
        panel.append.apply(panel, Array.from(li.childNodes));
        row.append(tab);
        pairs.push({ tab: tab, panel: panel });
      });
      if (pairs.length < 2) return;
      function select(n, focus) {
        pairs.forEach(function (p, i) {
          p.tab.setAttribute("aria-selected", String(i === n));
          p.tab.tabIndex = i === n ? 0 : -1;
          p.panel.hidden = i !== n;
        });
        if (focus) pairs[n].tab.focus();
      }
      pairs.forEach(function (p, i) { on(p.tab, "click", function () { select(i); }); });
      on(row, "keydown", function (e) {
        var forward = getComputedStyle(row).direction === "rtl" ? "ArrowLeft" : "ArrowRight";
        var back = forward === "ArrowLeft" ? "ArrowRight" : "ArrowLeft";
        var now = pairs.findIndex(function (p) { return p.tab === document.activeElement; });
        var n = { Home: 0, End: pairs.length - 1 }[e.key];
        if (e.key === forward) n = (now + 1) % pairs.length;
        if (e.key === back) n = (now + pairs.length - 1) % pairs.length;
        if (n === undefined || now < 0) return;
        e.preventDefault();
        select(n, true);
      });
      list.replaceWith(row);
      pairs.forEach(function (p) { box.append(p.panel); });
      select(0);
    });
  }

  // The reader's language, offered once, in that language; a choice in the switcher is an answer.
  function language() {
    all("[data-language]").forEach(function (a) {
      on(a, "click", function () {
        keep("lang", a.dataset.language);
        // Explicit anchors are the same in every language: take the place along.
        if (!a.hash && /^#[\w-]+$/.test(location.hash)) a.hash = location.hash;
      });
    });
    if (recall("lang")) return;
    var wanted = (navigator.languages || []).map(function (tag) { return tag.toLowerCase().split("-")[0]; });
    var mine = root.lang.toLowerCase().split("-")[0];
    for (var i = 0; i < wanted.length; i += 1) {
      if (wanted[i] === mine) return;
      var offer = all("[data-suggest]").find(function (el) { return el.dataset.suggest.toLowerCase().split("-")[0] === wanted[i]; });
      if (!offer) continue;
      offer.hidden = false;
      on(offer.querySelector("[data-dismiss]"), "click", function () {
        keep("lang", root.lang);
        offer.remove();
      });
      return;
    }
  }

  function paper() {
    all("[data-print]").forEach(function (b) {
      on(b, "click", function () { print(); });
      b.hidden = false;
    });
  }

  function start() { [appearance, menu, contents, links, terms, glossary, tabs, language, paper].forEach(function (part) { part(); }); }
  if (document.readyState === "loading") on(document, "DOMContentLoaded", start);
  else start();
}());
