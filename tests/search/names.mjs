// node names.mjs <site> <names.json>: each name of each term shows the term's entry in the glossary first. names.json: [[lang, term, name]].
import { readFileSync } from 'node:fs';
import { core, plain, reader, shows } from './core.mjs';

const [site, file] = process.argv.slice(2);
const { open } = core();
const engines = {};
const missed = [];
const names = JSON.parse(readFileSync(file, 'utf8'));
for (const [lang, term, name] of names) {
  engines[lang] ??= await open(reader(site), lang);
  const [first] = await shows(engines[lang], name, 1);
  if (plain(first?.places[0]?.heading ?? []) !== term) missed.push(`${lang} ${name} (${term})`);
}
console.log(`${names.length - missed.length} of ${names.length} names show their entry first; not: ${missed.join(', ')}`);
process.exitCode = missed.length || names.length < 800 ? 1 : 0;
