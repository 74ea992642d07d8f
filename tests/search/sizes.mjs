// node sizes.mjs <site>: what a query costs on the wire, and what a page of the index may weigh.
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { core, reader, script } from './core.mjs';

const site = process.argv[2];
const compressed = text => brotliCompressSync(Buffer.from(text)).length;
const own = compressed(readFileSync(script));
console.log(`script ${own} bytes`);
let fine = own <= 8192;
const asked = { sv: ['mål', 'marknadsföring', 'skriva en brief', 's', 'kundresan'], fa: ['هدف ها', 'SEO', 'برنامه سه ماهه', 'بازاریابی', 'نرخ تبدیل'], en: ['goals', 'content marketing', 'how to write a brief', 'conversion', 'seo'] };
for (const [lang, queries] of Object.entries(asked)) {
  const folder = join(site, 'search', lang);
  const shards = readdirSync(folder).filter(name => name.startsWith('w-')).map(name => statSync(join(folder, name)).size);
  fine &&= Math.max(...shards) <= 32 * 1024;
  for (const query of queries) {
    const read = new Map();
    const engine = await core().open(reader(site, read), lang);
    const { results, forms } = await engine.query(query);
    await Promise.all(results.slice(0, 6).map(result => engine.show(result, forms)));
    const total = own + [...read.values()].reduce((sum, text) => sum + compressed(text), 0);
    console.log(`${lang} ${query}: ${read.size} files, ${total} bytes`);
    fine &&= total <= 60 * 1024;
  }
  console.log(`${lang}: ${shards.length} shards, the largest ${Math.max(...shards)} bytes`);
}
process.exitCode = fine ? 0 : 1;
