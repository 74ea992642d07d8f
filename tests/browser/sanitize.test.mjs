// `html = "sanitize"`: hostile HTML in a page runs nothing, even where no policy of the browser's would stop it, and the browser parses
// the page to the same page when it is written out again.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { launch } from './harness/chromium.mjs';
import { serve } from './harness/server.mjs';

const binary = process.env.RAHNAMA || fileURLToPath(new URL('../../target/release/rahnama', import.meta.url));
const scratch = await mkdtemp(join(tmpdir(), 'rahnama-sanitize-'));
after(() => rm(scratch, { recursive: true, force: true }));

const all = (await readFile(new URL('../data/hostile-html.txt', import.meta.url), 'utf8')).trimEnd().split('\n');
const PLACES = ['{}', 'Text {} text', '> {}', '| A |\n|---|\n| {} |', '<div>\n\n{}\n\n</div>', ':::aside title="T"\n{}\n:::', '- [ ] Item {} <!-- #x answer -->'];

/** A page for each payload with all its places, built as the site says. */
async function site(mode, payloads) {
  const source = join(scratch, mode);
  await mkdir(join(source, 'content/en/p'), { recursive: true });
  await writeFile(join(source, 'site.toml'), `id = "s"\ntheme = "bare"\nlanguages = ["en"]\n[markdown]\nhtml = "${mode}"\n[title]\nen = "S"\n`);
  // A page with nothing but the text: the theme's own scripts draw and write styles.
  await mkdir(join(source, 'themes/bare/templates'), { recursive: true });
  await writeFile(join(source, 'themes/bare/templates/page.html'), '<!doctype html>\n<html lang="en"><title>T</title><body><main>{{ page.body | safe }}</main></body></html>\n');
  await writeFile(join(source, 'content/en/index.md'), '# Home\n');
  await writeFile(join(source, 'content/en/p/index.md'), '# P\n');
  for (const [number, payload] of payloads.entries()) {
    const text = PLACES.map(place => place.replace('{}', () => payload).replace('#x', `#x${PLACES.indexOf(place)}`)).join('\n\n');
    await writeFile(join(source, `content/en/p/p${number}.md`), `+++\ntitle = "T"\n+++\n${text}\n`);
  }
  execFileSync(binary, ['-C', source, 'build', '-q', '-o', join(source, 'public')], { stdio: 'pipe' });
  return serve(join(source, 'public'));
}

/** What a browser without any policy does with every page: dialogs, and what of the page could run or is not stable. */
async function visit(origin, payloads) {
  const context = await (await launch()).newContext({ bypassCSP: true });
  await context.addInitScript(() => { window.ran = 0; window.alert = () => { window.ran++; }; });
  // Nothing leaves this machine, whatever a page asks for.
  await context.route(url => url.origin !== origin, route => route.abort());
  const page = await context.newPage();
  const found = [];
  for (const number of payloads.keys()) {
    await page.goto(`${origin}/p/p${number}/index.html`, { waitUntil: 'load' });
    const bad = await page.evaluate(() => {
      const main = document.querySelector('main');
      // Forms can hide what elements have by fields of the same name.
      const attributes = Object.getOwnPropertyDescriptor(Element.prototype, 'attributes').get;
      for (const link of main.querySelectorAll('a[href]')) link.focus();
      const problems = window.ran ? ['ran'] : [];
      for (const element of main.querySelectorAll('*')) {
        if (Element.prototype.matches.call(element, 'script, style, iframe, object, embed, form, svg, math, template, noscript, base, link, meta')) problems.push(element.tagName);
        for (const { name, value } of attributes.call(element)) {
          if (/^on|^style$|^srcdoc$|^formaction$/.test(name) || /^[\s\0-\x1f]*(javascript|data|vbscript):/i.test(value)) problems.push(`${name}=${value}`);
        }
      }
      const again = document.createElement('main');
      again.innerHTML = main.innerHTML;
      const once = again.innerHTML;
      again.innerHTML = once;
      if (again.innerHTML !== once) problems.push('not stable');
      return problems;
    });
    if (bad.length) found.push({ number, payload: payloads[number], bad });
  }
  await context.close();
  return found;
}

test('nothing of what authors may not write reaches the page, and nothing runs', async t => {
  const server = await site('sanitize', all);
  t.after(server.close);
  assert.deepEqual(await visit(server.origin, all), []);
});

test('the same pages run where all HTML is trusted and no policy stands in the way', async t => {
  // A sample is enough to show that the visit finds what runs.
  const some = all.filter((_, number) => number % 4 === 0);
  const server = await site('trusted', some);
  t.after(server.close);
  const found = await visit(server.origin, some);
  assert.ok(found.filter(({ bad }) => bad.includes('ran')).length > 5, `only ${found.length} pages are dangerous`);
});
