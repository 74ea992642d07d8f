// node folding.mjs <site> <words.json>: the script cuts and folds every word as the index did. words.json: [[lang, text, [[surface, joined, parts]]]].
import { readFileSync } from 'node:fs';
import { core, reader } from './core.mjs';

const [site, file] = process.argv.slice(2);
const { language } = core();
const own = {};
let wrong = 0;
for (const [lang, text, expected] of JSON.parse(readFileSync(file, 'utf8'))) {
  own[lang] ??= language((await reader(site)(`${lang}/index`)).tables);
  const found = own[lang].tokens(text.normalize('NFC')).map(({ surface, joined, parts }) => [surface, joined, [...parts]]);
  if (JSON.stringify(found) === JSON.stringify(expected)) continue;
  wrong += 1;
  if (wrong < 20) console.log(lang, JSON.stringify(text), JSON.stringify(found), JSON.stringify(expected));
}
console.log(`${wrong} differ`);
process.exitCode = wrong ? 1 : 0;
