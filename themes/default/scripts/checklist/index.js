// Checklists that remember: ticks, answers, progress, share links, files, My plan. The one place that listens.
// `npm run scripts` in tests/browser makes ../../static/checklist.js of these files.

import { items, hostOf, leaves, ticked, within } from './page.js';
import { fragmentOf } from './link.js';
import { paint } from './paint.js';
import { mark, save, saveSoon, tell, undo, write } from './changes.js';
import { apply, ignore, offer } from './question.js';
import * as file from './file.js';
import { filter, markdown } from './plan.js';
import { keys } from './storage.js';

const share = async host => {
  const fragment = fragmentOf(leaves.filter(({ guide }) => guide === (host.dataset.guide ?? guide)));
  if (fragment === null) return tell(host, 'TooLong');
  const link = location.href.split('#')[0] + fragment;
  try {
    await navigator.clipboard.writeText(link);
    tell(host, 'Copied');
  } catch {
    const field = host.querySelector('.cl-link');
    field.hidden = false;
    field.value = link;
    field.select();
    tell(host, 'CopyFailed');
  }
};
const reset = (host, button) => {
  const some = ticked(within(host));
  if (!some[0]) return;
  write(mark(some, false), host, button);
  tell(host, host.matches('.plan') ? 'AllCleared' : 'Cleared');
};
const forget = (host, button) => {
  write(keys('cl', 'an', 'ui').map(key => [key, null]), host, button);
  tell(host, 'Deleted');
};
const actions = { apply, delete: forget, export: file.save, filter, ignore, markdown, print: () => print(), reset, share, undo };

const on = (types, action) => {
  for (const type of types.split(' ')) addEventListener(type, action, true);
};
on('click', ({ target }) => {
  const button = target.closest('[data-act], [data-filter]');
  if (!button) return;
  save();
  actions[button.dataset.act || 'filter']?.(hostOf(button), button);
});
on('change', ({ target }) => {
  const item = items.get(target);
  save();
  if (target.dataset.act) file.load(target, hostOf(target));
  if (!item) return;
  // A click on a parent sets its leaves; a leaf is its own only one.
  write(mark(item.leaves.filter(leaf => leaf === item || leaf.box.checked !== target.checked), target.checked));
  tell(hostOf(target));
});
on('input', ({ target }) => {
  if (target.dataset.answer) saveSoon(target);
});
// From now on the box grows with the words: the reader is in it, and what stands below may move.
on('focus', ({ target }) => {
  if (target.dataset?.answer) target.classList.add('own');
});
on('pagehide visibilitychange', save);

let queued;
on('storage pageshow visibilitychange prerenderingchange', () => {
  queued ||= setTimeout(() => {
    queued = 0;
    paint();
  });
});
on('hashchange', offer);

document.documentElement.classList.add('cl-js');
paint();
offer();
