// node ask.mjs <site> <lang> <query>: the titles found, as JSON.
import { core, reader, titles } from './core.mjs';

const [site, lang, query] = process.argv.slice(2);
console.log(JSON.stringify([...await titles(await core().open(reader(site), lang), query)]));
