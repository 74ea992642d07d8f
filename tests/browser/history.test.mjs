// CT-24: a page that comes back from the past, or was made before it was seen, shows the state of now.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { LANGUAGES, reader } from './harness/chromium.mjs';
import { counts, eventually, leavesOf, listOf, states } from './harness/lists.mjs';
import { stages } from './harness/stages.mjs';

const OTHER = { sv: 'fa', fa: 'en', en: 'sv' };

for (const stage of stages) for (const language of LANGUAGES) describe(`Back, forward and ahead of time, ${stage.name}`, () => {
  const other = OTHER[language];
  test(`CT-24 a page from the back/forward cache is painted again (${language})`, async t => {
    const { open } = await reader(t, { language, init: () => addEventListener('pageshow', ({ persisted }) => { window.returned = persisted; }) });
    const page = await open(stage.at(stage.guide[language]));
    await page.locator(`header a[hreflang="${other}"]`).first().click();
    await page.waitForURL(url => url.pathname.startsWith(`/${other}/`));
    await leavesOf(listOf(page)).nth(1).click();
    await page.goBack({ waitUntil: 'commit' });
    assert.equal(await page.evaluate(() => window.returned), true, 'it came from the cache');
    await eventually(async () => (await states(listOf(page)))[1], true);
    await counts(listOf(page), language, 1, await leavesOf(listOf(page)).count());
    await leavesOf(listOf(page)).nth(1).click();
    await page.goForward({ waitUntil: 'commit' });
    await eventually(async () => (await states(listOf(page)))[1], false);
  });

  for (const type of ['prerenderingchange', 'visibilitychange']) test(`CT-24 a page that ${type === 'prerenderingchange' ? 'was prerendered' : 'was hidden'} is painted when it is seen (${language})`, async t => {
    const { open } = await reader(t, { language });
    const page = await open(stage.at(stage.guide[language]));
    const id = await leavesOf(listOf(page)).nth(0).getAttribute('data-item');
    // Written in this very page, so no storage event comes.
    await page.evaluate(key => localStorage.setItem(key, '1.l0p0aa00'), stage.keyOf(id));
    await page.waitForTimeout(100);
    assert.equal((await states(listOf(page)))[0], false);
    await page.evaluate(type => document.dispatchEvent(new Event(type)), type);
    await eventually(async () => (await states(listOf(page)))[0], true);
  });
});
