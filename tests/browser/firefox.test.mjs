// The same promises in Firefox ESR, driven over WebDriver BiDi by puppeteer-core.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { after, describe, test } from 'node:test';
import puppeteer from 'puppeteer-core';
import { skipped } from './harness/chromium.mjs';
import { eventually, numberIn } from './harness/lists.mjs';
import { rich, site } from './harness/stages.mjs';

const path = [process.env.FIREFOX, '/usr/bin/firefox-esr', '/usr/bin/firefox'].find(path => path && existsSync(path));
const running = [];
after(() => Promise.all(running.map(browser => browser.close())));

async function firefox() {
  const browser = await puppeteer.launch({
    browser: 'firefox', executablePath: path, headless: true,
    // Automation turns this off, and then every file would share one store, which no reader's Firefox does.
    extraPrefsFirefox: { 'security.fileuri.strict_origin_policy': true, 'dom.disable_beforeunload': true },
  });
  running.push(browser);
  return browser;
}

/** A fresh reader and a way to open tabs. */
async function reader() {
  const browser = running[0] ?? await firefox();
  const context = await browser.createBrowserContext();
  const open = async url => {
    const page = await context.newPage();
    await page.goto(url);
    return page;
  };
  return { open, close: () => context.close() };
}
const states = (page, list = 0) => page.evaluate(list => [...document.querySelectorAll('section.cl')[list].querySelectorAll('.cl-item:not(:has(.cl-item)) > input')].map(box => box.checked), list);
const count = page => page.evaluate(() => document.querySelector('.cl-count').textContent);
const tick = (page, n) => page.evaluate(n => { const box = document.querySelectorAll('section.cl .cl-item:not(:has(.cl-item)) > input')[n]; box.scrollIntoView({ block: 'center' }); box.click(); }, n);

const full = await rich({});

for (const stage of [site, ...full].filter(Boolean)) describe(`Firefox, ${stage.name}`, () => {
  const rows = {
    'CT-1 tick by box, label and Space': async ({ open }) => {
      const page = await open(stage.at(stage.guide.fa));
      const box = await page.$('section.cl .cl-item > input');
      await box.click();
      assert.equal((await states(page))[0], true);
      await page.evaluate(() => document.querySelectorAll('section.cl .cl-item > input')[1].focus());
      await page.keyboard.press(' ');
      assert.equal((await states(page))[1], true);
    },
    'CT-2 state after a reload and in the other language': async ({ open }) => {
      const page = await open(stage.at(stage.guide.fa));
      await tick(page, 1);
      await page.reload();
      assert.deepEqual((await states(page)).slice(0, 3), [false, true, false]);
      await page.goto(stage.at(stage.guide.sv));
      assert.deepEqual((await states(page)).slice(0, 3), [false, true, false]);
    },
    'CT-3 another tab in another language follows': async ({ open }) => {
      const [one, two] = [await open(stage.at(stage.guide.fa)), await open(stage.at(stage.guide.sv))];
      await tick(one, 0);
      await eventually(async () => (await states(two))[0], true);
    },
    'CT-4 two tabs, 200 ticks at once, none lost': async ({ open }) => {
      const pages = [await open(stage.at(stage.plan.sv)), await open(stage.at(stage.plan.sv))];
      const boxes = page => page.evaluate(() => [...document.querySelectorAll('.cl-item:not(:has(.cl-item)) > input')].slice(0, 200).map(box => box.checked));
      const start = await boxes(pages[0]);
      await Promise.all(pages.map((page, half) => page.evaluate(async half => {
        const mine = [...document.querySelectorAll('.cl-item:not(:has(.cl-item)) > input')].slice(0, 200).filter((_, n) => n % 2 === half);
        for (let tick = 0; tick < 100; tick++) {
          mine[tick % mine.length].click();
          if (tick % 7 === half) await new Promise(done => setTimeout(done, 1));
        }
      }, half)));
      const expected = start.map((on, n) => {
        const used = start.filter((_, m) => m % 2 === n % 2).length;
        return (Math.floor(100 / used) + (Math.floor(n / 2) < 100 % used ? 1 : 0)) % 2 ? !on : on;
      });
      for (const page of pages) await eventually(() => boxes(page), expected);
    },
    'CT-6 the digits of the language': async ({ open }) => {
      const page = await open(stage.at(stage.guide.fa));
      await tick(page, 0);
      await eventually(async () => (await count(page)).includes(numberIn('fa', 1)), true);
      assert.doesNotMatch(await count(page), /[0-9]/);
    },
    'CT-8 reset and undo': async ({ open }) => {
      const page = await open(stage.at(stage.guide.sv));
      await tick(page, 0);
      await page.evaluate(() => document.querySelector('[data-act=reset]').focus());
      await page.keyboard.press('Enter');
      assert.equal((await states(page))[0], false);
      await page.evaluate(() => document.querySelector('[data-act=undo]').focus());
      await page.keyboard.press('Enter');
      assert.equal((await states(page))[0], true);
      assert.equal(await page.evaluate(() => document.activeElement.dataset.act), 'reset');
    },
    'CT-14 a share link never applies itself': async ({ open }) => {
      const page = await open(stage.at(stage.guide.sv));
      const id = await page.evaluate(() => document.querySelector('section.cl .cl-item > input').dataset.item);
      await page.goto('about:blank');
      await page.goto(`${stage.at(stage.guide.sv)}#done=${encodeURIComponent(stage.key)}:${id}`);
      assert.equal((await states(page))[0], false);
      await page.evaluate(() => document.querySelector('[data-act=apply]').click());
      assert.equal((await states(page))[0], true);
    },
    'CT-23 from disk: files do not share a store, so the language link carries the ticks': async ({ open }) => {
      const page = await open(stage.onDisk(stage.guide.sv));
      await tick(page, 1);
      await page.reload();
      assert.equal((await states(page))[1], true);
      const link = await page.evaluate(() => document.querySelector('header a[hreflang="fa"]').href);
      assert.match(link, /#done=/);
      await page.goto(link);
      assert.equal((await states(page)).includes(true), false, 'Firefox gives each file its own store');
      await page.evaluate(() => document.querySelector('[data-act=apply]').click());
      assert.deepEqual((await states(page)).slice(0, 3), [false, true, false]);
    },
  };
  for (const [name, row] of Object.entries(rows)) test(`${name} (Firefox)`, async t => {
    if (!path) return skipped(t, 'no Firefox here');
    const someone = await reader();
    t.after(someone.close);
    await row(someone);
  });
});

for (const stage of full) for (const language of ['fa', 'sv', 'en']) test(`CT-5 a parent follows its leaves (${language}, Firefox)`, async t => {
  if (!path) return skipped(t, 'no Firefox here');
  const { open, close } = await reader();
  t.after(close);
  const page = await open(stage.at(stage.guide[language]));
  await page.evaluate(() => document.querySelector('#cb-pass').click());
  const parent = () => page.evaluate(() => { const { checked, indeterminate } = document.querySelector('#cb-bank'); return [checked, indeterminate]; });
  assert.deepEqual(await parent(), [false, true]);
  await page.evaluate(() => { for (const id of ['account', 'bankid']) document.querySelector(`#cb-${id}`).click(); });
  assert.deepEqual(await parent(), [true, false]);
});
