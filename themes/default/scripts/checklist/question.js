// The question before a link or a file is taken over: nothing changes until the reader agrees.

import { text } from './messages.js';
import { counted, hostOf, leaves } from './page.js';
import { leavesOf } from './link.js';
import { mark, tell, write } from './changes.js';

const question = document.querySelector('.cl-ask');
let agreed;
let asker;

export const ask = (message, changes, host, button) => {
  asker = button;
  question.hidden = false;
  question.querySelector('p').textContent = message;
  agreed = () => {
    const some = changes();
    write(some, host, button);
    host.querySelector('[data-act=undo]')?.focus();
    tell(host, 'Applied', some.length);
  };
};
export const ignore = () => {
  question.hidden = true;
  asker?.focus({ preventScroll: true });
  history.replaceState(null, '', location.href.split('#')[0]);
};
export const apply = () => {
  ignore();
  agreed();
};

/** Offers what the page's address holds, unless the reader has it already. */
export const offer = () => {
  const found = leavesOf(location.hash);
  if (!found || !leaves[0]) return;
  const host = hostOf((found[0] || leaves[0]).box);
  if (!found[0]) return tell(host, 'BadLink');
  const open = () => found.filter(({ box }) => !box.checked);
  if (!open()[0]) return;
  const guides = found.map(({ guide }) => guide);
  const total = counted(leaves).filter(({ guide }) => guides.includes(guide)).length;
  const values = { count: found.length, total };
  ask(text('Link', found.length, values), () => mark(open(), true), host, host.querySelector('button'));
};
