// Share links: `#done=<guide>:<item>,<item>;<guide>:…`. They hold ids, never answers, and never apply themselves.

import { encode, leaves, ticked } from './page.js';

const LONGEST = 2000;

/** The fragment for what is ticked among some leaves: empty when nothing is, `null` when it would be too long. */
export const fragmentOf = some => {
  const guides = {};
  for (const { ref } of ticked(some)) {
    const [guide, id] = ref.split(':');
    (guides[guide] ||= []).push(id);
  }
  const list = Object.entries(guides).map(pair => pair.join(':')).join(';');
  return list.length > LONGEST ? null : list && '#done=' + list;
};

/** The leaves of this page that the address names, or nothing when it is not a share link. */
export const leavesOf = fragment => {
  const [, list] = fragment.split('#done=');
  if (!list) return;
  const refs = new Set(list.length > LONGEST ? [] : list.split(';').flatMap(part => {
    const [guide, ids = ''] = part.split(':');
    try { return ids.split(',').map(id => encode(guide) + ':' + id); } catch { return []; }
  }));
  return leaves.filter(({ ref }) => refs.has(ref));
};
