// What the reader does: each change is stored at once and can be undone until the next.

import { text } from './messages.js';
import { get, keyOf, set, stamp } from './storage.js';
import { all, items, words } from './page.js';
import { paint, unsaved } from './paint.js';

let undone = [];
let origin;

/** Stores pairs of key and value; with a host, its undo button appears, and focus will return to `button`. */
export const write = (changes, host, button) => {
  undone = changes.map(([key, value]) => [key, get(key), value]);
  origin = button;
  for (const [key, value] of changes) set(key, value);
  paint();
  for (const undo of all('[data-act=undo]')) undo.hidden = !host?.contains(undo);
};

/** Takes back the last change, except where another tab has written since. */
export const undo = host => {
  const button = origin;
  write(undone.filter(([key, , value]) => get(key) === value));
  button.focus();
  tell(host);
};

export const mark = (some, done) => some.map(({ key, box }) => [key, [+done, stamp(Date.now()), ...words(box.dataset.rev)].join('.')]);

const waiting = new Map();

/**
 * Says it in the host's status, 400 ms after the last change; without a name, how far the list has come:
 * that stands beside the bar already, so it is only for ears (`quiet`).
 */
export const tell = (host, name, ...values) => {
  clearTimeout(waiting.get(host));
  waiting.set(host, setTimeout(() => {
    const status = host.querySelector('.cl-status');
    status?.classList.toggle('quiet', !name);
    status?.replaceChildren(name ? text(name, ...values) : host.querySelector('.cl-count').textContent);
  }, 400));
};

let typing;

/** Stores the answers that are being typed. */
export const save = () => {
  clearTimeout(typing);
  if (!unsaved.size) return;
  const some = [...items.values()].filter(({ answer }) => unsaved.delete(answer));
  write(some.map(({ answer, ref }) => [keyOf('an', ref), stamp(Date.now()) + '.' + answer.value.slice(0, 4000)]));
};
export const saveSoon = answer => {
  unsaved.add(answer);
  clearTimeout(typing);
  typing = setTimeout(save, 500);
};
