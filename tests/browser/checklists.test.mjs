// What a reader can rely on, row by row, in Chromium. Those on lists of every kind, on the plan and on history have files of their own.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, test } from 'node:test';
import { reader } from './harness/chromium.mjs';
import { button, counts, eventually, heard, leavesOf, listOf, listen, numberIn, said, states, storage } from './harness/lists.mjs';
import { rich, site } from './harness/stages.mjs';

const full = await rich({});
const OTHER = { sv: 'fa', fa: 'en', en: 'sv' };

for (const stage of [site, ...full].filter(Boolean)) describe(`Checklists, ${stage.name}`, () => {
  for (const language of ['fa', 'sv', 'en']) {
    const visit = (t, options) => reader(t, { language, ...options });
    const total = async page => leavesOf(listOf(page)).count();

    test(`CT-1 tick by box, label and Space; Tab follows the eye (${language})`, async t => {
      const { open } = await visit(t);
      const page = await open(stage.at(stage.guide[language]));
      const leaves = leavesOf(listOf(page));
      await leaves.nth(0).click();
      // The end of the label: a link may stand at its middle.
      const label = listOf(page).locator('.cl-item:not(:has(.cl-item)) > label').nth(1);
      const { width, height } = await label.boundingBox();
      await label.click({ position: language === 'fa' ? { x: width - 3, y: 8 } : { x: 3, y: Math.min(8, height / 2) } });
      await leaves.nth(2).focus();
      await page.keyboard.press('Space');
      assert.deepEqual((await states(listOf(page))).slice(0, 4), [true, true, true, false]);

      await button(listOf(page), 'reset').focus();
      const stops = [];
      for (let n = 0; n < 8; n++) {
        stops.push(await page.evaluate(() => {
          const { top, bottom, left, right } = document.activeElement.getBoundingClientRect();
          return { top: top + scrollY, bottom: bottom + scrollY, start: document.dir === 'rtl' ? -right : left };
        }));
        await page.keyboard.press('Tab');
      }
      for (const [n, stop] of stops.slice(1).entries()) {
        const before = stops[n];
        const sameRow = stop.top < before.bottom && before.top < stop.bottom;
        assert.ok(sameRow ? stop.start > before.start : stop.top > before.top, `stop ${n + 1} comes after stop ${n}`);
      }
    });

    test(`CT-2 ticks are there after a reload and in the other language (${language})`, async t => {
      const { open } = await visit(t);
      const page = await open(stage.at(stage.guide[language]));
      await leavesOf(listOf(page)).nth(1).click();
      await page.reload();
      assert.equal((await states(listOf(page)))[1], true);
      const other = language === 'sv' ? 'fa' : 'sv';
      await page.locator(`header a[hreflang="${other}"]`).first().click();
      await page.waitForURL(url => url.pathname.startsWith(`/${other}/`));
      assert.deepEqual((await states(listOf(page))).slice(0, 3), [false, true, false]);
      await counts(listOf(page), other, 1, await total(page));
    });

    test(`CT-3 another tab in another language follows at once, silently (${language})`, async t => {
      const { open } = await visit(t);
      const other = language === 'sv' ? 'fa' : 'sv';
      const [one, two] = [await open(stage.at(stage.guide[language])), await open(stage.at(stage.guide[other]))];
      await leavesOf(listOf(one)).nth(0).click();
      await eventually(async () => (await states(listOf(two)))[0], true);
      await counts(listOf(two), other, 1, await total(two));
      await two.waitForTimeout(600);
      assert.equal(await said(listOf(two)), '', 'changes from elsewhere are not announced');
    });

    test(`CT-6 count, bar and spoken value in the digits of the language (${language})`, async t => {
      const { open } = await visit(t);
      const page = await open(stage.at(stage.guide[language]));
      const all = await total(page);
      await counts(listOf(page), language, 0, all);
      for (let n = 0; n < all; n++) {
        await leavesOf(listOf(page)).nth(n).click();
        await counts(listOf(page), language, n + 1, all);
      }
    });

    test(`CT-7 the status is empty at load and speaks once for a burst of ticks (${language})`, async t => {
      const { open } = await visit(t);
      const page = await open(stage.at(stage.guide[language]));
      assert.deepEqual(await page.locator('.cl-status').allTextContents().then(texts => texts.join('')), '');
      const log = await listen(listOf(page));
      // In one go, so that a slow machine does not make three bursts of it.
      await leavesOf(listOf(page)).evaluateAll(boxes => boxes.slice(0, 3).forEach(box => box.click()));
      await eventually(async () => (await log()).length, 1);
      await page.waitForTimeout(900);
      assert.equal((await log()).length, 1);
      assert.ok((await log())[0].includes(numberIn(language, 3)));
    });

    test(`CT-8 reset clears at once, undo brings back, focus is not lost (${language})`, async t => {
      const { open } = await visit(t);
      const page = await open(stage.at(stage.guide[language]));
      const list = listOf(page);
      page.on('dialog', () => assert.fail('no dialog'));
      for (const n of [0, 2]) await leavesOf(list).nth(n).click();
      const before = await states(list);
      await button(list, 'reset').focus();
      await page.keyboard.press('Enter');
      assert.equal((await states(list)).includes(true), false);
      assert.equal(await page.evaluate(() => document.activeElement.dataset.act), 'reset');
      await counts(list, language, 0, await total(page));
      await page.keyboard.press('Tab');
      assert.equal(await page.evaluate(() => document.activeElement.dataset.act), 'undo');
      await page.keyboard.press('Enter');
      assert.deepEqual(await states(list), before);
      assert.equal(await page.evaluate(() => document.activeElement.dataset.act), 'reset');
      await button(list, 'reset').click();
      assert.equal(await button(list, 'undo').isVisible(), true);
      await leavesOf(list).nth(1).click();
      assert.equal(await button(list, 'undo').isVisible(), false, 'undo stays until the next change');
    });

    test(`CT-9 without JavaScript the boxes work and the tools are gone (${language})`, async t => {
      const { open } = await visit(t, { script: false });
      const page = await open(stage.at(stage.guide[language]));
      const box = leavesOf(listOf(page)).first();
      assert.equal(await box.isEnabled(), true);
      await box.check();
      assert.equal(await box.isChecked(), true);
      assert.equal(await button(listOf(page), 'reset').isVisible(), false);
      assert.equal(await listOf(page).locator('progress').isVisible(), false);
    });

    for (const [id, what, init] of [
      ['CT-10', 'storage is forbidden', () => Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('forbidden', 'SecurityError'); } })],
      ['CT-11', 'storage is full', () => { Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }; }],
    ]) test(`${id} ${what}: everything works until the page closes, and a note says so (${language})`, async t => {
      const { open } = await visit(t, { init });
      const page = await open(stage.at(stage.guide[language]));
      const list = listOf(page);
      for (const n of [0, 1]) await leavesOf(list).nth(n).click();
      await counts(list, language, 2, await total(page));
      assert.equal(await list.locator('.cl-note').isVisible(), true);
      await button(list, 'reset').click();
      await counts(list, language, 0, await total(page));
      await button(list, 'undo').click();
      await counts(list, language, 2, await total(page));
      // E-13: the link to another language carries the ticks, and they wait for a yes there.
      const other = language === 'sv' ? 'fa' : 'sv';
      await page.locator(`header a[hreflang="${other}"]`).first().click();
      await page.waitForURL(/#done=/);
      assert.equal((await states(listOf(page))).includes(true), false);
      await page.locator('[data-act="apply"]').click();
      await counts(listOf(page), other, 2, await total(page));
    });

    test(`CT-14 a share link never applies itself (${language})`, async t => {
      const { open } = await visit(t);
      const guide = stage.at(stage.guide[language]);
      const page = await open(guide);
      const ids = await leavesOf(listOf(page)).evaluateAll(boxes => boxes.slice(0, 2).map(box => box.dataset.item));
      const link = `${guide}#done=${encodeURIComponent(stage.key)}:${ids},no-such-item;unknown:x`;
      const question = page.locator('.cl-ask');
      const visitLink = async () => { await page.goto('about:blank'); await page.goto(link); };

      await visitLink();
      await question.waitFor();
      const all = await leavesOf(page.locator('main')).evaluateAll(boxes => boxes.filter(box => !('optional' in box.dataset)).length);
      for (const n of [2, all]) assert.ok((await question.textContent()).includes(numberIn(language, n)));
      assert.equal((await states(listOf(page))).includes(true), false);
      assert.deepEqual(await storage(page), {});
      await page.locator('[data-act="ignore"]').click();
      assert.equal(await question.isVisible(), false);
      assert.deepEqual(await storage(page), {});
      assert.equal(new URL(page.url()).hash, '');

      await visitLink();
      await page.locator('[data-act="apply"]').click();
      assert.deepEqual((await states(listOf(page))).slice(0, 3), [true, true, false]);
      assert.equal(await page.evaluate(() => document.activeElement.dataset.act), 'undo');
      await page.keyboard.press('Enter');
      assert.equal((await states(listOf(page))).includes(true), false);

      await leavesOf(listOf(page)).nth(0).click();
      await leavesOf(listOf(page)).nth(1).click();
      await visitLink();
      await page.waitForTimeout(300);
      assert.equal(await question.isVisible(), false, 'nothing new, nothing asked');
    });

    test(`CT-13 hostile links change nothing (${language})`, async t => {
      const { open } = await visit(t);
      const guide = stage.at(stage.guide[language]);
      const page = await open(guide);
      page.on('dialog', () => assert.fail('no dialog'));
      const key = encodeURIComponent(stage.key);
      for (const fragment of [
        `${key}:<img src=x onerror=alert(1)>`, `${key}:"'><svg/onload=alert(1)>`, '%', `%E0%A4%A:x`, `${key}`, `${key}:`, '__proto__:x', `${key}:__proto__,constructor`, ':', ';;;:::,,,',
        `${key}:${'a,'.repeat(3000)}`, `${'x'.repeat(100_000)}:y`,
      ]) {
        await page.goto('about:blank');
        await page.goto(`${guide}#done=${fragment}`);
        await heard(listOf(page));
        assert.equal(await page.locator('.cl-ask').isVisible(), false, fragment.slice(0, 60));
        assert.deepEqual(await storage(page), {});
      }
    });

    test(`CT-17 boxes are 24 px, rows 32 px, buttons 44 px at least (${language})`, async t => {
      const { open } = await visit(t, { viewport: { width: 390, height: 844 } });
      const page = await open(stage.at(stage.guide[language]));
      const small = await page.locator('section.cl').evaluateAll(lists => lists.flatMap(list => {
        const least = (selector, inline, block) => [...list.querySelectorAll(selector)].filter(el => el.offsetParent).map(el => el.getBoundingClientRect())
          .filter(({ width, height }) => width < inline || height < block).map(({ width, height }) => `${selector} ${width}×${height}`);
        return [...least('input[type=checkbox]', 24, 24), ...least('.cl-item', 32, 32), ...least('button', 44, 44)];
      }));
      assert.deepEqual(small, []);
    });

    test(`CT-19 forced colours, reduced motion, 320 px, 400 %, print (${language})`, async t => {
      const { open } = await visit(t, { viewport: { width: 320, height: 256 }, forcedColors: 'active', reducedMotion: 'reduce' });
      const page = await open(stage.at(stage.guide[language]));
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'no horizontal scroll');
      await leavesOf(listOf(page)).nth(0).click();
      assert.equal(await page.evaluate(() => document.getAnimations().length), 0);
      assert.equal(await leavesOf(listOf(page)).nth(0).evaluate(box => getComputedStyle(box).appearance), 'auto', 'a native box');
      await page.emulateMedia({ media: 'print', forcedColors: 'none' });
      assert.equal(await leavesOf(listOf(page)).nth(0).isVisible(), true);
      assert.equal(await leavesOf(listOf(page)).nth(0).isChecked(), true);
      assert.equal(await button(listOf(page), 'reset').isVisible(), false);
      assert.equal(await page.locator('.cl-item').first().evaluate(item => getComputedStyle(item).breakInside), 'avoid');
      assert.ok((await page.pdf()).length > 5000);
    });

    for (const [kind, dark] of [['guide', false], ['plan', false], ['guide', true], ['plan', true]]) test(`CT-20 nothing moves at load and at the first ticks (${kind}, ${dark ? 'dark' : 'light'}, ${language})`, async t => {
      const init = () => {
        window.shifts = [];
        const note = ({ value, sources }) => window.shifts.push([value, ...sources.map(({ node }) => node?.outerHTML?.slice(0, 80))]);
        new PerformanceObserver(list => list.getEntries().forEach(note)).observe({ type: 'layout-shift', buffered: true });
      };
      const { open } = await visit(t, { init, dark, viewport: { width: 390, height: 844 } });
      const page = await open(stage.at(stage[kind][language]));
      await page.waitForTimeout(500);
      for (const n of [0, 1, 2]) await leavesOf(page.locator('main')).nth(n).click();
      await page.waitForTimeout(700);
      // Layout shift is counted to two decimals; below that lie fractions of a pixel, as when a digit is painted in the other font.
      const shifts = await page.evaluate(() => window.shifts);
      assert.equal(shifts.reduce((sum, [value]) => sum + value, 0).toFixed(2), '0.00', JSON.stringify(shifts));
    });

    test(`B9, CT-26 the bar fills from the side where reading begins (${language})`, async t => {
      const { open, context } = await visit(t);
      const page = await open(stage.at(stage.guide[language]));
      await leavesOf(listOf(page)).nth(0).click();
      const picture = await listOf(page).locator('progress').screenshot();
      const canvas = await context.newPage();
      // How much of the first and of the last tenth of the bar has the colour that stands where reading begins.
      const [first, last] = await canvas.evaluate(async ([source, rtl]) => {
        const image = new Image();
        image.src = source;
        await image.decode();
        const pen = Object.assign(document.createElement('canvas'), { width: image.width, height: image.height }).getContext('2d');
        pen.drawImage(image, 0, 0);
        const colours = Array.from({ length: image.width }, (_, x) => pen.getImageData(x, image.height / 2, 1, 1).data.slice(0, 3).join());
        if (rtl) colours.reverse();
        const tenth = Math.floor(image.width / 10);
        const filled = colours[Math.floor(tenth / 2)];
        return [colours.slice(0, tenth), colours.slice(-tenth)].map(part => part.filter(colour => colour === filled).length / tenth);
      }, [`data:image/png;base64,${picture.toString('base64')}`, language === 'fa']);
      assert.ok(first > 0.6 && last < 0.4, `${first} of the first tenth, ${last} of the last`);
    });

    test(`CT-22 under a sub-path nothing is missing (${language})`, async t => {
      const { open } = await visit(t);
      const page = await open(stage.at(`/sub/dir${stage.guide[language]}`));
      await leavesOf(listOf(page)).nth(0).click();
      await page.locator(`header a[hreflang="${language === 'sv' ? 'fa' : 'sv'}"]`).first().click();
      await page.waitForURL(/sub\/dir/);
      assert.equal((await states(listOf(page)))[0], true);
    });

    test(`CT-23 from disk everything works, and nothing carries integrity (${language})`, async t => {
      const { open } = await visit(t);
      assert.doesNotMatch(await readFile(decodeURIComponent(new URL(stage.onDisk(stage.guide[language])).pathname), 'utf8'), / integrity=/);
      const page = await open(stage.onDisk(stage.guide[language]));
      await leavesOf(listOf(page)).nth(1).click();
      const other = language === 'sv' ? 'fa' : 'sv';
      await page.locator(`header a[hreflang="${other}"]`).first().click();
      await page.waitForURL(/#done=/);
      assert.equal((await states(listOf(page)))[1], true, 'Chromium has one store for all files');
      assert.equal(await page.locator('.cl-ask').isVisible(), false, 'so there is nothing to ask');
    });

    test(`CT-28 what a screen reader gets (${language})`, async t => {
      const { open } = await visit(t);
      const page = await open(stage.at(stage.guide[language]));
      await leavesOf(listOf(page)).nth(1).click();
      const items = await listOf(page).locator('.cl-item:not(:has(.cl-item)) > label').allTextContents();
      const tree = await listOf(page).ariaSnapshot();
      const boxes = [...tree.matchAll(/checkbox (".*?")(?: (\[checked\]))?/g)].map(([, name, checked]) => [JSON.parse(name), checked === '[checked]']);
      assert.deepEqual(boxes, items.map((text, n) => [text.replace(/\s+/g, ' ').trim(), n === 1]));
      for (const role of [/^- group /, /progressbar/, /list:/, /listitem:/, /button/]) assert.match(tree, role);
      if (full.includes(stage) && language === 'fa') assert.match(tree, /checkbox "گرفتن personnummer" \[checked\]/);
    });

    test(`CT-4 two tabs, 200 ticks at once, none lost (${language})`, async t => {
      const { open } = await visit(t);
      const pages = [await open(stage.at(stage.plan[language])), await open(stage.at(stage.plan[OTHER[language]]))];
      const refs = page => leavesOf(page.locator('.plan')).evaluateAll(boxes => boxes.map(box => [box.closest('[data-guide]').dataset.guide, box.dataset.item, box.checked]));
      const [mine, theirs] = [await refs(pages[0]), new Set((await refs(pages[1])).map(String))];
      const shared = mine.filter(ref => theirs.has(String(ref))).slice(0, 200);
      const run = (page, half) => page.evaluate(async ([refs, half]) => {
        for (let tick = 0; tick < 100; tick++) {
          const [guide, item] = refs[tick % refs.length];
          document.querySelector(`[data-guide="${guide}"] [data-item="${item}"]`).click();
          if (tick % 7 === half) await new Promise(done => setTimeout(done, 1));
        }
      }, [shared.filter((_, n) => n % 2 === half), half]);
      await Promise.all(pages.map(run));
      const expected = shared.map(([guide, item, on], n) => {
        const used = shared.filter((_, m) => m % 2 === n % 2).length;
        const ticks = Math.floor(100 / used) + (Math.floor(n / 2) < 100 % used ? 1 : 0);
        return [guide, item, ticks % 2 ? !on : on];
      });
      const now = async page => (await refs(page)).filter(([guide, item]) => shared.some(ref => ref[0] === guide && ref[1] === item));
      for (const page of pages) await eventually(async () => Object.fromEntries((await now(page)).map(([guide, item, on]) => [`${guide}:${item}`, on])), Object.fromEntries(expected.map(([guide, item, on]) => [`${guide}:${item}`, on])));
      assert.ok(stage.site === 'moving' || shared.length === 200, `${shared.length} items`);
    });

    test(`CT-16 selecting text in a label does not tick (${language})`, async t => {
      const { open } = await visit(t);
      const page = await open(stage.at(stage.guide[language]));
      const { x, y, width } = await listOf(page).locator('label[for^="cb-"]').nth(2).boundingBox();
      const [from, by] = language === 'fa' ? [x + width - 2, -1] : [x + 2, 1];
      await page.mouse.move(from, y + 10);
      await page.mouse.down();
      await page.mouse.move(from + by * Math.min(width - 4, 120), y + 10, { steps: 8 });
      await page.mouse.up();
      assert.ok(await page.evaluate(() => getSelection().toString().length > 3));
      assert.equal((await states(listOf(page)))[2], false);
    });

    test(`CT-21 every action passes the strict policy, and only our keys are stored (${language})`, async t => {
      const { open, context } = await visit(t, { permissions: ['clipboard-write', 'clipboard-read'] });
      const page = await open(stage.at(stage.guide[language]));
      const list = listOf(page);
      await leavesOf(list).nth(0).click();
      await button(list, 'share').click();
      await heard(list);
      const link = await page.evaluate(() => navigator.clipboard.readText());
      assert.match(link, /#done=[^:]+:[a-z0-9,-]+$/);
      const download = page.waitForEvent('download');
      await button(list, 'export').click();
      await download;
      await button(list, 'reset').click();
      await button(list, 'undo').click();
      const keys = Object.entries(await storage(page)).filter(([key]) => !key.startsWith('ui1:'));
      for (const [key, value] of keys) {
        assert.match(key, new RegExp(`^cl1:${stage.site}:${encodeURIComponent(stage.key).replace(/[.]/g, '\\.')}:[a-z0-9][a-z0-9-]{0,63}$`));
        assert.match(value, /^[01]\.[0-9a-z]{8}(\.[0-9a-f]{8})?$/);
      }
      const shared = await (await context.newPage());
      await shared.goto(link);
      assert.equal((await states(listOf(shared)))[0], true);
    });

    test(`CT-21 where the link cannot be copied it stands there, selected (${language})`, async t => {
      const { open } = await visit(t, { init: () => Object.defineProperty(navigator, 'clipboard', { value: undefined }) });
      const page = await open(stage.at(stage.guide[language]));
      await leavesOf(listOf(page)).nth(0).click();
      await button(listOf(page), 'share').click();
      const field = listOf(page).locator('.cl-link');
      await field.waitFor();
      assert.match(await field.inputValue(), /#done=/);
      assert.equal(await field.evaluate(el => el === document.activeElement && el.selectionEnd === el.value.length), true);
    });
  }

  test('stored values that are not ours count as absent and stay', async t => {
    const { open } = await reader(t);
    const page = await open(stage.at(stage.guide.sv));
    const ids = await leavesOf(listOf(page)).evaluateAll(boxes => boxes.map(box => box.dataset.item));
    const strange = ['1', '2.abc', '1.ABC', '1.abc.xyz', '1.l0p0aa00.1f0a99c2.more', '{"done":true}', '1.', '\u0000', '1.abc\n', 'true'];
    for (const value of strange) {
      await page.evaluate(([key, value]) => { localStorage.clear(); localStorage.setItem(key, value); localStorage.setItem(key.replace('cl1', 'cl2'), '1.l0p0aa00'); }, [stage.keyOf(ids[0]), value]);
      await page.reload();
      assert.equal((await states(listOf(page)))[0], false, value);
      assert.equal(await page.evaluate(key => localStorage.getItem(key), stage.keyOf(ids[0])), value);
    }
    for (const value of ['1.l0p0aa00', '1.l0p0aa00.1f0a99c2', '1.0']) {
      await page.evaluate(([key, value]) => localStorage.setItem(key, value), [stage.keyOf(ids[0]), value]);
      await page.reload();
      assert.equal((await states(listOf(page)))[0], true, value);
    }
    await leavesOf(listOf(page)).nth(0).click();
    assert.equal(await page.evaluate(key => localStorage.getItem(key), stage.keyOf(ids[0], 'cl2')), '1.l0p0aa00', 'newer schemas are never touched');
  });

  test('a really full storage keeps what it had, works on and says so', async t => {
    const { open } = await reader(t);
    const page = await open(stage.at(stage.guide.sv));
    await leavesOf(listOf(page)).nth(0).click();
    await page.evaluate(() => {
      for (let size = 1 << 22; size >= 1; size >>= 1) for (let n = 0; ; n++) try { localStorage.setItem(`fill${size}-${n}`, 'x'.repeat(size)); } catch { break; }
    });
    await leavesOf(listOf(page)).nth(1).click();
    assert.deepEqual((await states(listOf(page))).slice(0, 3), [true, true, false]);
    assert.equal(await listOf(page).locator('.cl-note').isVisible(), true);
    await page.reload();
    assert.deepEqual((await states(listOf(page))).slice(0, 2), [true, false]);
  });
});
