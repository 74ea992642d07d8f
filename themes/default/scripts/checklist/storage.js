// The reader's state: one key for each item, so that two tabs never overwrite each other.
// What the browser refuses to keep lives in memory until the page closes.

import { data } from './messages.js';

const memory = new Map();

/** Whether the browser has refused to read or to write. */
export let refused = false;
const attempt = action => {
  try { return action(); } catch { refused = true; }
};

export const get = key => memory.has(key) ? memory.get(key) : attempt(() => localStorage.getItem(key));
export const set = (key, value) => {
  memory.set(key, value);
  attempt(() => {
    value ? localStorage.setItem(key, value) : localStorage.removeItem(key);
    memory.delete(key);
  });
};

/** Kinds are `cl` (ticks), `an` (answers), `ui`; a ref is `guide:item`, the guide percent-encoded. */
export const keyOf = (kind, ref = '') => kind + '1:' + encodeURIComponent(data.site) + ':' + ref;
export const keys = (...kinds) => [...attempt(() => Object.keys(localStorage)) || [], ...memory.keys()]
  .filter(key => kinds.some(kind => key.startsWith(keyOf(kind)))).sort();

/**
 * Ticks are `1.<time>` or `0.<time>`, with `.<revision of the item's text>` behind it or without; answers are `<time>.<words>`.
 * Anything else counts as absent.
 */
export const parse = key => (key.startsWith('c')
  ? /^(?<done>[01])\.(?<at>[0-9a-z]{1,9})(\.(?<rev>[0-9a-f]{8}))?$/
  : /^(?<at>[0-9a-z]{1,9})\.(?<answer>[^]{0,4000})$/).exec(get(key) || '')?.groups;
export const stamp = at => at.toString(36);
export const time = (at = '-1') => parseInt(at, 36);

/** State moves from an earlier key: copied, then removed. */
export const move = (from, to) => {
  if (from === to || !parse(from)) return;
  if (!parse(to)) set(to, get(from));
  if (!memory.has(to)) set(from, null);
};
