// node query.mjs <site> <cases.json>: runs each case against the index below <site>/search and prints those that fail.
import { readFileSync } from 'node:fs';
import { core, marks, plain, reader, shows, titles } from './core.mjs';

const [site, file] = process.argv.slice(2);
const { cases } = JSON.parse(readFileSync(file, 'utf8'));
const engines = {};
const { open } = core();
let failed = 0;
for (const { lang, query, finds = [], misses = [], any = [], top, entry, excerpts = 0, unmarked } of cases) {
  engines[lang] ??= await open(reader(site), lang);
  const text = query.replaceAll('·', '\u200c');
  const found = await titles(engines[lang], text);
  const seen = top ? found.slice(0, top) : found;
  const missing = found.partial ? finds : finds.filter(title => !seen.includes(title));
  const extra = misses.filter(title => found.includes(title));
  const none = any.length > 0 && !any.some(title => seen.includes(title));
  // What is shown: the first place, whether there are places, and the words that are marked.
  const shown = entry || excerpts || unmarked ? await shows(engines[lang], text) : [];
  const first = plain(shown[0]?.places[0]?.heading ?? []);
  if (entry && first !== entry.replaceAll('·', '\u200c')) extra.push(`first "${first}"`);
  if (shown.slice(0, excerpts).some(({ places }) => !places.length)) extra.push('a bare title');
  const wrong = unmarked && shown.flatMap(marks).filter(word => new RegExp(`^(?:${unmarked})$`, 'iu').test(word));
  if (wrong?.length) extra.push(`marked ${wrong}`);
  if (missing.length || extra.length || none) {
    failed += 1;
    console.log(`${lang} "${query}" found [${found.join(' | ')}]; missing [${missing}], too much [${extra}]${none ? `, none of [${any}]` : ''}`);
  }
}
console.log(`${cases.length - failed} of ${cases.length}`);
process.exitCode = failed ? 1 : 0;
