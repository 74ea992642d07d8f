// What stands on the page: items, lists, and the places that show progress. Logic hangs on data attributes, never on ids.

import { keyOf, move } from './storage.js';

export const all = (selector, from = document) => [...from.querySelectorAll(selector)];
export const words = value => value?.trim() ? value.trim().split(/\s+/) : [];
export const encode = guide => encodeURIComponent(decodeURIComponent(guide));

/** My plan, or the list itself: where status, tools and undo of a list are. */
export const hostOf = el => el.closest('.plan, .cl:not(.plan .cl)');

export const items = new Map(all('.cl [data-item]').map(box => {
  const { guide, was } = box.closest('[data-guide]').dataset;
  const { item } = box.dataset;
  const row = box.closest('.cl-item');
  const own = encodeURIComponent(guide);
  const ref = own + ':' + item;
  for (const from of [own, ...words(was).map(encode)]) {
    for (const id of [item, ...words(box.dataset.was)]) {
      for (const kind of ['cl', 'an']) move(keyOf(kind, from + ':' + id), keyOf(kind, ref));
    }
  }
  return [box, { box, row, guide, ref, key: keyOf('cl', ref), answer: row.querySelector(`[data-answer="${item}"]`) }];
}));

/** Only leaves are stored and counted; parents follow from theirs. */
export const leaves = [];
export const parents = [];
for (const item of items.values()) {
  item.leaves = all('[data-item]', item.row).map(box => items.get(box)).filter(leaf => !leaf.row.querySelector('.cl-item'));
  (item.leaves[0] === item ? leaves : parents).push(item);
}
export const counted = some => some.filter(leaf => !('optional' in leaf.box.dataset));
export const ticked = some => some.filter(leaf => leaf.box.checked);
export const within = host => leaves.filter(leaf => host.contains(leaf.box));

// What the scripts say is in the language of the page, also beside a text in another.
const { lang, dir } = document.documentElement;
for (const el of all('.cl-count, .cl-status')) Object.assign(el, { lang, dir });

export const lists = all('.cl, .plan').map(el => ({ el, parts: counted(within(el)) }));

/** Places with `data-items="guide:item item+;guide2:item"`; a `+` marks what is done unless the reader says otherwise. */
export const places = all('[data-items]').map(el => ({
  el,
  guides: el.dataset.items.split(';').map((part, n) => {
    const [guide, ids] = part.split(':');
    return {
      href: words(el.dataset.hrefs)[n],
      items: words(ids).map(word => {
        const [id, done] = word.split('+');
        return { id, done: done === '', key: keyOf('cl', encode(guide.trim()) + ':' + id) };
      }),
    };
  }),
}));
