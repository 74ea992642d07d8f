// node inflected.mjs <site> <inflected.json>: forms that the site does not write must find pages with the word.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { core, reader } from './core.mjs';

const [site, file] = process.argv.slice(2);
const pairs = Object.entries(JSON.parse(readFileSync(file, 'utf8'))).flatMap(([lang, lemmas]) =>
  Object.entries(lemmas).flatMap(([lemma, forms]) => forms.map(form => ({ lang, lemma, query: form.replaceAll('·', '\u200c') }))));
const { open } = core();
const languages = {};
for (const lang of new Set(pairs.map(pair => pair.lang))) {
  const load = reader(site);
  const shards = readdirSync(join(site, 'search', lang)).filter(name => name.startsWith('w-'));
  const data = await Promise.all(shards.map(name => load(`${lang}/${name.slice(0, -3)}`)));
  const forms = new Set(data.flatMap(({ t }) => t.flatMap(([, , ...rest]) => rest.filter((_, i) => i % 2 === 0).map(form => form.replace(/^[+-]/, '').split('|')[0]))));
  languages[lang] = { engine: await open(load, lang), forms };
}
let [asked, found] = [0, 0];
const missed = [];
for (const pair of pairs) {
  const { engine, forms } = languages[pair.lang];
  const { words: [word], results } = await engine.query(`${pair.query} `);
  const lemma = await engine.query(`${pair.lemma} `);
  // The text has the form by now, or no longer the word.
  if (forms.has(word.joined) || !forms.has(lemma.words[0].joined)) continue;
  asked += 1;
  const pages = new Set(lemma.results.map(({ page }) => page));
  if (results.some(({ page }) => pages.has(page))) found += 1;
  else missed.push(`${pair.query} (${pair.lemma})`);
}
console.log(`${found} of ${asked} inflected forms found; not: ${missed.join(', ')}`);
process.exitCode = asked >= 200 && found >= asked * .95 ? 0 : 1;
