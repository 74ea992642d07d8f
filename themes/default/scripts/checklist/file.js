// Files: `{format, version, site, guides: {guide: {item: {done, time, answer, answerTime}}}}`.
// A file is taken whole or not at all, and the newest of two states wins.

import { data, text } from './messages.js';
import { keyOf, keys, parse, stamp, time } from './storage.js';
import { words } from './page.js';
import { tell } from './changes.js';
import { ask } from './question.js';

const KINDS = [['cl', 'done', 'time', 'boolean'], ['an', 'answer', 'answerTime', 'string']];
const valid = (guide, id) => !(guide in {}) && /^[^\0-\x1f]{1,200}$/.test(guide) && /^[a-z0-9][a-z0-9-]{0,63}$/.test(id);

const refuse = wrong => {
  if (wrong) throw 0;
};
const pairs = (value, fields) => {
  refuse(typeof value !== 'object' || Array.isArray(value));
  refuse(fields && Object.keys(value).some(field => !fields.includes(field)));
  return Object.entries(value);
};

/** What a file changes, as pairs of key and value. */
const read = file => {
  pairs(file, ['format', 'version', 'site', 'guides']);
  refuse(file.format !== 'rahnama-plan' || file.version !== 1 || file.site !== data.site);
  return pairs(file.guides).flatMap(([guide, entries]) => pairs(entries).flatMap(([id, entry]) => {
    refuse(!valid(guide, id));
    pairs(entry, KINDS.flat());
    return KINDS.flatMap(([kind, field, at, type]) => {
      const value = entry[field];
      if (!(field in entry || at in entry)) return [];
      refuse(typeof value !== type || value.length > 4000 || !Number.isSafeInteger(entry[at]) || entry[at] < 0);
      const key = keyOf(kind, encodeURIComponent(guide) + ':' + id);
      const newest = Math.min(entry[at], Date.now());
      if (newest <= time(parse(key)?.at)) return [];
      return [[key, kind === 'cl' ? +value + '.' + stamp(newest) : stamp(newest) + '.' + value]];
    });
  }));
};

/** Reads the chosen file and asks before anything changes. */
export const load = async (input, host) => {
  const [file] = input.files;
  try {
    refuse(file.size > 1 << 20);
    const content = JSON.parse(await file.text());
    const count = read(content).length;
    if (!count) return tell(host, 'FileSame');
    ask(text('File', count), () => read(content), host, input);
    document.querySelector('[data-act=apply]').focus();
  } catch {
    tell(host, 'BadFile');
  } finally {
    input.value = '';
  }
};

export const download = (host, content, ending) => {
  const link = document.createElement('a');
  const parts = [data.site, ...words(host.dataset.guide), new Date().toISOString().slice(0, 10)];
  const filename = parts.join('-').replace(/[^\p{L}\p{M}\p{N}]+/gu, '-') + ending;
  link.href = URL.createObjectURL(new Blob([content]));
  link.download = filename;
  link.click();
  tell(host, 'Saved', 1, { filename });
};

/** All that is stored of a guide, or of the site, whether it is on the page or not. */
export const save = host => {
  const guides = Object.create(null);
  for (const key of keys('cl', 'an')) {
    const [name, , ...rest] = key.split(':');
    const state = parse(key);
    try {
      const [guide, id, more] = rest.map(decodeURIComponent);
      refuse(more || !state || !valid(guide, id));
      if (guide !== (host.dataset.guide ?? guide)) continue;
      const entry = (guides[guide] ||= Object.create(null))[id] ||= {};
      for (const [kind, field, at] of KINDS) {
        if (name === kind + '1') Object.assign(entry, { [field]: state.answer ?? state.done === '1', [at]: time(state.at) });
      }
    } catch { /* a key that is not ours */ }
  }
  download(host, JSON.stringify({ format: 'rahnama-plan', version: 1, site: data.site, guides }, null, 1), '.json');
};
