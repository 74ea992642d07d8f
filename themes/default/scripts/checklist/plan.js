// My plan: what it shows, and the same as Markdown.

import { all, items, leaves } from './page.js';
import { tell } from './changes.js';
import { download } from './file.js';

/** Shows all, open or done; what is ticked afterwards stays in sight until the next choice. */
export const filter = (host, button) => {
  const wish = button.dataset.filter;
  for (const other of all('[data-filter]', host)) other.ariaPressed = other === button;
  for (const el of all('.cl-item, section, h4, .stale-section', host)) el.hidden = true;
  const fitting = leaves.filter(({ box }) => wish === 'all' || box.checked === (wish === 'done'));
  for (const { row } of fitting) {
    for (let el = row; el !== host; el = el.parentElement) el.hidden = false;
  }
  // A heading is shown with any list below it, or it would stand there with nothing below.
  for (const list of all('.cl:not([hidden])', host)) {
    for (let el = list; el && !el.matches('h4');) {
      el = el.previousElementSibling;
      if (el && !el.matches('.cl')) el.hidden = false;
    }
  }
  host.querySelector('.plan-empty').hidden = fitting.length > 0;
  tell(host, 'Shown', fitting.length);
};

const clean = el => el.textContent.trim().replace(/\s+/g, ' ').replace(/[\\`*_[\]<>]/g, '\\$&');

const itemLine = ({ box, row, answer }) => {
  let indent = '\n';
  for (let el = row; el = el.parentElement.closest('.cl-item');) indent += '  ';
  const said = answer?.value && ('\n' + answer.value).replaceAll('\n', indent + '  > ');
  return indent + (box.checked ? '- [x] ' : '- [ ] ') + clean(box.labels[0]) + (said || '');
};

export const markdown = host => {
  const lines = all('h1, .plan :is(h2, h3, h4, .cl-item)').filter(el => !el.closest('[hidden]')).map(el => {
    if (el.matches('.cl-item')) return itemLine(items.get(el.querySelector('[data-item]')));
    return '\n\n' + '#'.repeat(el.tagName[1]) + ' ' + clean(el) + '\n';
  });
  download(host, lines.join('').trim().replace(/\n{3,}/g, '\n\n') + '\n', '.md');
};
