// Painting: all that is shown follows from storage, so it can be done again at any time.

import { data, text } from './messages.js';
import { keyOf, parse, refused } from './storage.js';
import { all, counted, items, leaves, lists, parents, places, ticked } from './page.js';
import { fragmentOf } from './link.js';

/** Answers that are being typed and not yet stored. */
export const unsaved = new Set();

// Changes the text node instead of putting in another, which would make browsers match `:has()` and `:nth-child()` again all over the page.
const show = (el, words) => {
  if (el.textContent !== words) el.firstChild.nodeValue = words;
};

const paintLeaf = ({ box, row, key }) => {
  const state = parse(key);
  const { rev } = box.dataset;
  box.checked = state ? +state.done : box.defaultChecked;
  const changed = box.checked && rev && state?.rev && state.rev !== rev;
  if (!changed === !row.classList.contains('cl-changed')) return;
  row.classList.toggle('cl-changed');
  row.querySelector('.cl-flag')?.remove();
  if (!changed) return;
  const flag = document.createElement('small');
  flag.className = 'cl-flag';
  flag.textContent = text('Changed');
  box.labels[0].append(' ', flag);
};

const paintParent = ({ box, leaves }) => {
  const parts = [counted(leaves), leaves].find(some => some.length);
  const done = ticked(parts).length;
  box.checked = done === parts.length;
  box.indeterminate = done > 0 && !box.checked;
};

const paintList = ({ el, parts }) => {
  const bar = el.querySelector('progress');
  if (!bar) return;
  const total = parts.length;
  const done = ticked(parts).length;
  const count = text(done && done === total ? 'All' : 'Count', total, { done, total });
  bar.max = total || 1;
  bar.value = done;
  bar.setAttribute('aria-valuetext', count);
  show(el.querySelector('.cl-count'), count);
};

const paintAnswer = ({ answer, ref }) => {
  const value = parse(keyOf('an', ref))?.answer || '';
  if (answer && !unsaved.has(answer) && answer.value !== value) answer.value = value;
};

const paintPlaces = () => {
  const open = [];
  let begun = false;
  for (const { el, guides } of places) {
    let total = 0;
    let done = 0;
    for (const { href, items } of guides) {
      const left = items.filter(item => !+(parse(item.key)?.done ?? item.done));
      const started = left.length < items.length;
      begun ||= started;
      total += items.length;
      done += items.length - left.length;
      if (href && left[0]) open.push({ started, href: data.root + href + '#item-' + left[0].id });
    }
    show(el, text('Of', total, { done, total }));
    el.classList.toggle('begun', done > 0);
    el.classList.toggle('done', done === total);
    el.style.setProperty('--done', done / total);
  }
  // "Continue" leads to the first open item, in a guide that has been begun before all others.
  const next = begun && (open.find(({ started }) => started) || open[0]);
  for (const link of all('[data-continue]')) {
    link.hidden = !next;
    if (next) link.href = next.href;
  }
};

export const paint = () => {
  leaves.forEach(paintLeaf);
  parents.forEach(paintParent);
  lists.forEach(paintList);
  items.forEach(paintAnswer);
  paintPlaces();
  for (const note of all('.cl-note')) note.hidden = !refused;
  // Where pages cannot share storage, links to other languages carry the ticks.
  if (refused || location.protocol === 'file:') {
    const fragment = fragmentOf(leaves) || '';
    for (const link of all('[data-switch]')) link.hash = fragment;
  }
};
