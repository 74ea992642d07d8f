// axe-core over each kind of page in light and dark, and over every page of the small site; `AXE=all` takes every page of the real one too. Also: no page at all breaks the policy or scrolls sideways.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { describe, test } from 'node:test';
import { LANGUAGES, PHONE, reader } from './harness/chromium.mjs';
import { leavesOf } from './harness/lists.mjs';
import { fixture, kinds, stages } from './harness/stages.mjs';

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

async function violations(page) {
  await page.evaluate(axe);
  const found = await page.evaluate(tags => axe.run(document, { runOnly: tags, resultTypes: ['violations'] }).then(({ violations }) => violations), TAGS);
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html, failureSummary }) => `${html.slice(0, 120)} (${failureSummary.split('\n')[1]?.trim()})`).slice(0, 3).join(' | ')}`);
}

for (const stage of stages) describe(`Accessibility, ${stage.name}`, async () => {
  const { pages, few } = await kinds(stage);
  const all = stage === fixture || process.env.AXE === 'all' ? pages : few;
  for (const [name, some, dark] of [['light', all, false], ['dark', few, true]]) for (const language of ['', ...LANGUAGES]) {
    const mine = some.filter(page => page.language === language);
    test(`CT-18 axe finds nothing in ${name} on ${mine.length} pages (${language || 'all languages'})`, async t => {
      const { context } = await reader(t, { dark, viewport: PHONE, language: language || 'en' });
      const page = await context.newPage();
      const wrong = [];
      for (const { path } of mine) {
        await page.goto(stage.at(path));
        wrong.push(...(await violations(page)).map(text => `${decodeURIComponent(path)} ${text}`));
      }
      assert.deepEqual(wrong, []);
    });
  }

  for (const language of LANGUAGES) test(`no page scrolls sideways on a phone (${language})`, async t => {
    const { context } = await reader(t, { viewport: PHONE, language });
    const page = await context.newPage();
    const wide = [];
    for (const { path } of pages.filter(page => page.language === language)) {
      await page.goto(stage.at(path));
      if (await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)) wide.push(decodeURIComponent(path));
    }
    assert.deepEqual(wide, []);
  });

  for (const language of LANGUAGES) test(`CT-18 axe finds nothing in use: ticks, question, note, undo (${language})`, async t => {
    const { open } = await reader(t, { language, init: () => { Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }; } });
    const page = await open(stage.at(stage.guide[language]));
    const item = await leavesOf(page.locator('main')).nth(1).getAttribute('data-item');
    await leavesOf(page.locator('main')).nth(0).click();
    await page.locator('[data-act="reset"]').first().click();
    await page.evaluate(hash => { location.hash = hash; }, `#done=${encodeURIComponent(stage.key)}:${item}`);
    await page.locator('.cl-ask').waitFor();
    assert.deepEqual(await violations(page), []);
  });
});
