// The first journey: choose a language, open a guide, switch language, land on the translation.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { DESKTOP, LANGUAGES, PHONE, reader } from './harness/chromium.mjs';
import { stages } from './harness/stages.mjs';

const path = page => decodeURI(new URL(page.url()).pathname).replace(/index\.html$/, '');
const plain = address => decodeURIComponent(address).replace(/index\.html$/, '');

/** Follows the links of the page that lead nearer and nearer to an address, as a reader does. */
async function walk(page, target) {
  for (let steps = 0; path(page) !== plain(target); steps++) {
    assert.ok(steps < 4, `no way to ${plain(target)} from ${path(page)}`);
    const links = await page.locator('main a[href]:visible').evaluateAll(all => all.map(a => a.href));
    const nearer = links.map(href => decodeURI(new URL(href).pathname).replace(/index\.html$/, ''))
      .map((place, n) => ({ place, n })).filter(({ place }) => plain(target).startsWith(place) && place.length > path(page).length).sort((a, b) => b.place.length - a.place.length)[0];
    assert.ok(nearer, `no link nearer to ${plain(target)} on ${path(page)}`);
    await Promise.all([page.waitForURL(url => decodeURI(url.pathname).startsWith(nearer.place)), page.locator('main a[href]:visible').nth(nearer.n).click()]);
  }
}

for (const stage of stages) describe(`A reader comes to the ${stage.name}`, () => {
  for (const language of LANGUAGES) for (const viewport of [PHONE, DESKTOP]) {
    test(`chooses ${language}, opens a guide, switches language, on ${viewport.width} px`, async t => {
      const { open } = await reader(t, { viewport });
      const page = await open(stage.at('/'));
      await page.locator(`main a[hreflang="${language}"]`).first().click();
      await page.waitForURL(`**/${language}/**`);
      const frame = () => page.evaluate(() => [document.documentElement.lang, document.documentElement.dir]);
      assert.deepEqual(await frame(), [language, language === 'fa' ? 'rtl' : 'ltr']);
      await walk(page, stage.guide[language]);
      const heading = await page.locator('h1').textContent();
      assert.ok(heading.trim());
      for (const other of LANGUAGES.filter(other => other !== language)) {
        const link = page.locator(`header a[hreflang="${other}"], header [hreflang="${other}"]`).first();
        assert.equal(await link.isVisible(), true, 'the other languages are in sight');
        await Promise.all([page.waitForURL(url => url.pathname.startsWith(`/${other}/`)), link.click()]);
        assert.equal(path(page), plain(stage.guide[other]));
        assert.deepEqual(await frame(), [other, other === 'fa' ? 'rtl' : 'ltr']);
        assert.notEqual(await page.locator('h1').textContent(), heading);
        assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'no horizontal scroll');
      }
    });
  }

  test('the way needs no script', async t => {
    const { open } = await reader(t, { script: false });
    const page = await open(stage.at('/'));
    await page.locator('main a[hreflang="fa"]').first().click();
    await walk(page, stage.guide.fa);
    await page.locator('header a[hreflang="sv"]').first().click();
    assert.equal(path(page), plain(stage.guide.sv));
  });
});
