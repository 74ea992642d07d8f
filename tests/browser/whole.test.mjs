// What holds for a whole site: what a first visit weighs, that nothing moves or comes from elsewhere, and that scripts add nothing to read.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { brotliCompressSync } from 'node:zlib';
import { LANGUAGES, PHONE, reader } from './harness/chromium.mjs';
import { kinds, stages } from './harness/stages.mjs';

const KB = 1024;
const sum = all => all.reduce((total, { size }) => total + size, 0);

/** What the first visit of a page fetches: kind and size of each file, compressed as a host compresses it. */
async function fetched(context, url) {
  const page = await context.newPage();
  const files = [];
  page.on('response', response => files.push(response.body().then(body => ({
    url: response.url(), kind: response.request().resourceType(), size: /\.woff2$/.test(response.url()) ? body.length : brotliCompressSync(body).length,
  }), () => ({ url: response.url(), kind: 'gone', size: 0 }))));
  await page.goto(url, { waitUntil: 'networkidle' });
  const shifts = await page.evaluate(() => window.shifts);
  await page.close();
  return { files: await Promise.all(files), shifts };
}
const watchShifts = () => {
  window.shifts = [];
  new PerformanceObserver(list => { for (const { value } of list.getEntries()) window.shifts.push(value); }).observe({ type: 'layout-shift', buffered: true });
};

/** What a reader can read and follow: texts in sight, and every link. What only works with scripts is left out, and so is what takes its place. */
const content = () => {
  const tools = '.cl-tools, .cl-status, .cl-note, .progress, .plan-tools, .plan-keep, .code-copy, .heading-link, .glossary-filter, .appearance, .suggest, .toast, .search, .no-script, [data-continue], [data-act]';
  const own = el => ![...el.querySelectorAll('p, li, dd, dt, td, th, h1, h2, h3, h4, label')].length && !el.closest(tools) && !el.querySelector(tools);
  const texts = [...document.querySelectorAll('p, li, dd, dt, td, th, h1, h2, h3, h4, label, summary')].filter(el => own(el) && el.checkVisibility());
  const links = [...document.querySelectorAll('a[href]')].filter(a => !a.closest(tools));
  return { texts: texts.map(el => el.textContent.trim().replace(/\s+/g, ' ')), links: [...new Set(links.map(a => a.href))].sort() };
};

for (const stage of stages) describe(`The whole of the ${stage.name}`, async () => {
  const { pages, few } = await kinds(stage);
  for (const language of LANGUAGES) {
    const mine = few.filter(page => page.language === language);

    test(`F-4 a first visit is light, nothing moves, nothing comes from elsewhere (${language}, ${mine.length} kinds of pages)`, async t => {
      const most = { all: 0, 'without the Persian font': 0, style: 0, script: 0 };
      for (const { path, kind } of mine) {
        const { context } = await reader(t, { language, viewport: PHONE, init: watchShifts });
        const { files, shifts } = await fetched(context, stage.at(path));
        await context.close();
        const of = kind => files.filter(file => file.kind === kind);
        const name = decodeURIComponent(path);
        const small = sum(files.filter(({ url }) => !/vazirmatn/.test(url)));
        const said = files.map(({ url, size }) => `${decodeURIComponent(new URL(url).pathname.split('/').slice(-2).join('/'))} ${size}`).join(', ');
        for (const [key, value] of Object.entries({ all: sum(files), 'without the Persian font': small, style: sum(of('stylesheet')), script: sum(of('script')) })) most[key] = Math.max(most[key], value);
        assert.deepEqual(files.filter(({ url }) => new URL(url).origin !== new URL(stage.at('/')).origin), [], `${name}: other origins`);
        // Counted to two decimals, as everywhere: below that lie fractions of a pixel.
        assert.equal(shifts.reduce((sum, value) => sum + value, 0).toFixed(2), '0.00', `${name} moves`);
        // My plan holds every item of the site, so its own text may weigh what any text may, and the rest what it weighs elsewhere.
        const extra = kind === 'plan' ? Math.max(0, sum(of('document')) - 15 * KB) : 0;
        assert.ok(sum(of('document')) <= 100 * KB, `${name}: text ${sum(of('document'))} bytes`);
        assert.ok(small - extra <= 50 * KB, `${name}: ${small} bytes without the Persian font: ${said}`);
        assert.ok(sum(files) - extra <= 85 * KB, `${name}: ${sum(files)} bytes: ${said}`);
        assert.ok(sum(of('stylesheet')) <= 10 * KB, `${name}: style ${sum(of('stylesheet'))} bytes`);
        assert.ok(sum(of('script')) <= 8 * KB, `${name}: scripts ${sum(of('script'))} bytes`);
      }
      t.diagnostic(`at most, in bytes: ${JSON.stringify(most)}`);
    });

    test(`F-5 without JavaScript there is the same to read and to follow (${language})`, async t => {
      const [bare, full] = await Promise.all([reader(t, { language, script: false }), reader(t, { language })]);
      for (const { path } of mine) {
        // Evaluating works without the page's own scripts.
        const [without, within] = await Promise.all([bare, full].map(async ({ open }) => {
          const page = await open(stage.at(path));
          const found = await page.evaluate(content);
          await page.close();
          return found;
        }));
        assert.deepEqual(without, within, decodeURIComponent(path));
      }
    });
  }

  test('F-5 every page is found by links alone, without JavaScript', async t => {
    const { context } = await reader(t, { script: false });
    const page = await context.newPage();
    const start = new URL(stage.at('/index.html')).href;
    const [seen, waiting] = [new Set([start]), [start]];
    while (waiting.length) {
      await page.goto(waiting.pop(), { waitUntil: 'commit' });
      await page.waitForLoadState('domcontentloaded');
      for (const href of await page.locator('a[href]').evaluateAll(all => all.map(a => a.href.split('#')[0]))) {
        const url = new URL(href);
        if (url.origin !== new URL(start).origin) continue;
        if (url.pathname.endsWith('/')) url.pathname += 'index.html';
        if (!url.pathname.endsWith('.html') || seen.has(url.href)) continue;
        seen.add(url.href);
        waiting.push(url.href);
      }
    }
    const missing = pages.map(({ path }) => path).filter(path => !path.endsWith('404.html') && !seen.has(new URL(stage.at(path)).href));
    assert.deepEqual(missing.map(decodeURIComponent), []);
  });
});
