// My plan: filter, files in and out, Markdown, sharing, reset, deletion; hostile files.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, test } from 'node:test';
import { reader } from './harness/chromium.mjs';
import { counts, eventually, heard, leavesOf, listOf, numberIn, press, said, states, storage } from './harness/lists.mjs';
import { fixture, stages } from './harness/stages.mjs';

const money = fixture.guideOf('flytt/pengar');
const answerKey = fixture.keyOf('rent', 'an1', 'flytt/pengar');
const planOf = page => page.locator('.plan');
const question = page => page.locator('.cl-ask');
const file = (content, name = 'plan.json') => ({ name, mimeType: 'application/json', buffer: Buffer.from(typeof content === 'string' ? content : JSON.stringify(content)) });
const choose = (page, content) => page.locator('[data-act="import"]').setInputFiles(file(content));
const download = async (page, act) => {
  const saved = page.waitForEvent('download');
  await press(planOf(page), act);
  const got = await saved;
  return { name: got.suggestedFilename(), content: await readFile(await got.path(), 'utf8') };
};
/** Waits of the script shortened, for tests that go through many files. */
const hurry = () => { const later = setTimeout; window.setTimeout = (action, wait, ...rest) => later(action, Math.min(wait, 5), ...rest); };
const ticks = async page => Object.fromEntries(Object.entries(await storage(page)).filter(([key]) => /^(cl|an)1:/.test(key)));

for (const stage of stages) describe(`My plan, ${stage.name}`, () => {
  const countedIn = page => leavesOf(planOf(page)).evaluateAll(boxes => boxes.filter(box => !('optional' in box.dataset)).length);

  for (const language of ['fa', 'sv', 'en']) {
    test(`shows what guides hold, both ways (${language})`, async t => {
      const { open } = await reader(t, { language });
      const page = await open(stage.at(stage.plan[language]));
      const total = await countedIn(page);
      const done = await page.locator('.plan [data-item][checked]').count();
      await counts(planOf(page), language, done, total);
      const guide = await open(stage.at(stage.guide.sv));
      await leavesOf(guide.locator('main')).nth(1).click();
      await counts(planOf(page), language, done + 1, total);
      const box = page.locator(`section.cl[data-guide="${stage.key}"]`).first().locator('.cl-item:not(:has(.cl-item)) > input');
      assert.equal(await box.nth(1).isChecked(), true);
      await box.nth(0).click();
      await eventually(async () => (await states(guide.locator('section.cl').first()))[0], true);
    });

    test(`filters; what is ticked stays in sight until the next choice (${language})`, async t => {
      const { open } = await reader(t, { language });
      const page = await open(stage.at(stage.plan[language]));
      const plan = planOf(page);
      const visible = () => leavesOf(plan).filter({ visible: true }).count();
      const all = await visible();
      await leavesOf(plan).nth(0).click();
      const done = (await states(plan)).filter(Boolean).length;
      await page.locator('[data-filter="open"]').click();
      assert.equal(await visible(), all - done);
      await eventually(async () => (await said(plan)).includes(numberIn(language, all - done)), true);
      assert.equal(await page.locator('[data-filter="open"]').getAttribute('aria-pressed'), 'true');
      assert.equal(await page.locator('[data-filter="all"]').getAttribute('aria-pressed'), 'false');
      await leavesOf(plan).filter({ visible: true }).first().click();
      assert.equal(await visible(), all - done);
      await page.locator('[data-filter="done"]').click();
      assert.equal(await visible(), done + 1);
      assert.equal(await plan.locator('section:visible:not(:has(.cl-item:visible))').count(), 0, 'no empty sections');
      await press(plan, 'reset');
      await page.locator('[data-filter="done"]').click();
      assert.equal(await visible(), 0);
      assert.equal(await page.locator('.plan-empty').isVisible(), true);
      await page.locator('[data-filter="all"]').click();
      assert.equal(await visible(), all);
      assert.equal(await page.locator('.plan-empty').isVisible(), false);
    });

    test(`CT-12 export, delete, import: the same state (${language})`, async t => {
      const { open } = await reader(t, { language });
      const page = await open(stage.at(stage.plan[language]));
      const plan = planOf(page);
      for (const n of [0, 2, 5]) await leavesOf(plan).nth(n).click();
      await leavesOf(plan).nth(2).click();
      const field = plan.locator('textarea').first();
      await field.fill('Sju tusen, مطمئن نیستم\n<b>&</b> "x" \\ 100%');
      const { name, content } = await download(page, 'export');
      const before = await ticks(page);
      assert.match(name, new RegExp(`^${stage.site}-\\d{4}-\\d\\d-\\d\\d\\.json$`));
      await eventually(async () => (await said(plan)).includes(name), true);
      const saved = JSON.parse(content);
      assert.deepEqual([saved.format, saved.version, saved.site], ['rahnama-plan', 1, stage.site]);
      assert.equal(Object.values(saved.guides).flatMap(Object.values).filter(({ done }) => done).length, 2);
      assert.deepEqual(Object.keys(saved), ['format', 'version', 'site', 'guides']);

      await press(plan, 'delete');
      assert.deepEqual(await ticks(page), {});
      assert.equal(await field.inputValue(), '');
      await choose(page, content);
      await question(page).waitFor();
      assert.deepEqual(await ticks(page), {}, 'a preview first');
      assert.ok((await question(page).textContent()).includes(numberIn(language, 4)));
      assert.equal(await page.evaluate(() => document.activeElement.dataset.act), 'apply');
      await page.locator('[data-act="ignore"]').click();
      assert.deepEqual(await ticks(page), {});
      await choose(page, content);
      await page.locator('[data-act="apply"]').click();
      const plain = values => Object.fromEntries(Object.entries(values).map(([key, value]) => [key, key.startsWith('c') ? value.replace(/\.[0-9a-f]{8}$/, '') : value]));
      assert.deepEqual(await ticks(page), plain(before));
      assert.equal(await page.evaluate(() => document.activeElement.dataset.act), 'undo');
      await page.keyboard.press('Enter');
      assert.deepEqual(await ticks(page), {});

      await choose(page, content);
      await page.locator('[data-act="apply"]').click();
      await page.waitForTimeout(500);
      const text = await said(plan);
      await choose(page, content);
      await heard(plan, text);
      assert.equal(await question(page).isVisible(), false, 'nothing new, nothing asked');
    });

    test(`Markdown is what the page shows, with answers (${language})`, async t => {
      const { open } = await reader(t, { language });
      const page = await open(stage.at(stage.plan[language]));
      const plan = planOf(page);
      await leavesOf(plan).nth(0).click();
      await plan.locator('textarea').first().fill('Rad ett\nسطر دو');
      const { name, content } = await download(page, 'markdown');
      assert.match(name, /\.md$/);
      const all = await plan.locator('.cl-item').count();
      assert.equal(content.match(/^ *- \[[x ]\] /gm).length, all);
      assert.equal(content.match(/^ *- \[x\] /gm).length, await plan.locator('input:checked').count());
      assert.match(content, /^ *- \[ \] .+\n {2,}> Rad ett\n {2,}> سطر دو$/m);
      const headings = await page.locator('h1, .plan h2, .plan h3, .plan h4').evaluateAll(all => all.map(h => `${'#'.repeat(h.tagName[1])} ${h.textContent.trim().replace(/\s+/g, ' ')}`));
      assert.deepEqual(content.match(/^#+ .+$/gm).map(line => line.replace(/\\(.)/g, '$1')), headings);
      assert.doesNotMatch(content, /\n{3}/);
      await page.locator('[data-filter="done"]').click();
      const short = (await download(page, 'markdown')).content;
      assert.equal(short.match(/^ *- \[ \] /gm)?.length ?? 0, await plan.locator('.cl-item:visible > input:not(:checked)').count());
      assert.equal(short.match(/^ *- \[x\] /gm).length, await plan.locator('.cl-item:visible > input:checked').count());
    });

    test(`CT-13 hostile files are refused whole, with a message (${language})`, async t => {
      const { open } = await reader(t, { language, init: hurry });
      const page = await open(stage.at(stage.plan[language]));
      const plan = planOf(page);
      page.on('dialog', () => assert.fail('no dialog'));
      await leavesOf(plan).nth(0).click();
      const before = await storage(page);
      const good = { format: 'rahnama-plan', version: 1, site: stage.site, guides: { [stage.key]: { a: { done: true, time: Date.now() } } } };
      const guides = value => ({ ...good, guides: value });
      const entry = value => guides({ [stage.key]: { a: value } });
      const hostile = [
        '', '{', 'null', '[]', '"rahnama-plan"', '1', '\u0000', '[' .repeat(200_000), 'x'.repeat(10 << 20), JSON.stringify(good) + ' '.repeat(1 << 20),
        { ...good, format: 'other' }, { ...good, version: 2 }, { ...good, version: '1' }, { ...good, site: 'someone' }, { ...good, more: 1 }, { format: 'rahnama-plan', version: 1, site: stage.site },
        guides(null), guides([]), guides('x'), guides({ '': { a: { done: true, time: 1 } } }), guides({ [`${stage.key}\u0000`]: { a: { done: true, time: 1 } } }), guides({ ['x'.repeat(300)]: { a: { done: true, time: 1 } } }),
        guides({ [stage.key]: null }), guides({ [stage.key]: [] }), guides({ '\ud800': { a: { done: true, time: 1 } } }),
        `{"format":"rahnama-plan","version":1,"site":"${stage.site}","guides":{"__proto__":{"a":{"done":true,"time":1}}}}`,
        `{"format":"rahnama-plan","version":1,"site":"${stage.site}","guides":{"g":{"__proto__":{"done":true,"time":1}}}}`,
        `{"format":"rahnama-plan","version":1,"site":"${stage.site}","guides":{"g":{"a":{"__proto__":{"done":true},"done":true,"time":1}}}}`,
        `{"format":"rahnama-plan","version":1,"site":"${stage.site}","__proto__":{"guides":{}},"guides":{}}`,
        ...['A', '-a', 'a b', '<img src=x onerror=alert(1)>', 'a:b', 'a'.repeat(65), '\u0000', 'å', ''].map(id => guides({ [stage.key]: { [id]: { done: true, time: 1 } } })),
        ...[null, [], 'x', 1, { done: 'true', time: 1 }, { done: 1, time: 1 }, { done: true }, { time: 1 }, { done: true, time: -1 }, { done: true, time: 1.5 }, { done: true, time: '1' }, { done: true, time: 1e300 },
          { done: true, time: null }, { done: true, time: 1, html: '<b>' }, { answer: 'x' }, { answer: 1, answerTime: 1 }, { answer: 'x'.repeat(4001), answerTime: 1 }, { answer: { toString: 1 }, answerTime: 1 }].map(entry),
      ];
      let message;
      for (const content of hostile) {
        await plan.locator('.cl-status').first().evaluate(status => { status.textContent = ''; });
        await choose(page, content);
        await heard(plan).catch(() => assert.fail(`no word on ${JSON.stringify(content).slice(0, 200)}`));
        assert.equal(await question(page).isVisible(), false, JSON.stringify(content).slice(0, 200));
        assert.deepEqual(await storage(page), before, JSON.stringify(content).slice(0, 200));
        message = await said(plan);
      }
      assert.ok(message.length > 10);
      assert.equal(await page.evaluate(() => ({}).a === undefined && ({}).done === undefined), true, 'no prototype was touched');
      // One wrong entry refuses the whole file; a right one is asked about; a time to come counts as now.
      await choose(page, guides({ [stage.key]: { a: { done: true, time: Date.now() }, b: { done: 'yes', time: 1 } } }));
      await page.waitForTimeout(600);
      assert.deepEqual(await storage(page), before);
      await choose(page, guides({ [stage.key]: { constructor: { done: true, time: Number.MAX_SAFE_INTEGER } } }));
      await page.locator('[data-act="apply"]').click();
      const [, time] = (await storage(page))[stage.keyOf('constructor')].split('.');
      assert.ok(parseInt(time, 36) <= Date.now());
    });

    test(`CT-13 mutilated files: taken as asked, or refused, never half (${language})`, async t => {
      const { open } = await reader(t, { language, init: hurry });
      const page = await open(stage.at(stage.plan[language]));
      const plan = planOf(page);
      const ids = await leavesOf(plan).evaluateAll(boxes => boxes.slice(0, 4).map(box => [box.closest('[data-guide]').dataset.guide, box.dataset.item]));
      const good = { format: 'rahnama-plan', version: 1, site: stage.site, guides: {} };
      for (const [guide, id] of ids) (good.guides[guide] ??= {})[id] = { done: true, time: 1_700_000_000_000, answer: 'x', answerTime: 1_700_000_000_000 };
      let seed = 20261121 + language.charCodeAt(0);
      const random = below => { seed = (seed * 1103515245 + 12345) % 2147483648; return seed % below; };
      const text = JSON.stringify(good);
      for (let n = 0; n < 70; n++) {
        const at = random(text.length);
        const mutilated = [text.slice(0, at) + text.slice(at + 1 + random(5)), text.slice(0, at) + '"{}[]:,0ae\\\u0000'[random(12)] + text.slice(at + 1), text.slice(0, at) + text.slice(random(text.length))][n % 3];
        await plan.locator('.cl-status').first().evaluate(status => { status.textContent = ''; });
        await choose(page, mutilated);
        await eventually(async () => (await question(page).isVisible()) || (await said(plan)) !== '', true);
        assert.deepEqual(await storage(page), {}, 'nothing without a yes');
        if (await question(page).isVisible()) await page.locator('[data-act="ignore"]').click();
      }
    });
  }

  test('reset clears all, undo brings all back, and the share link holds them', async t => {
    const { open, context } = await reader(t, { permissions: ['clipboard-read', 'clipboard-write'] });
    const page = await open(stage.at(stage.plan.fa));
    const plan = planOf(page);
    for (const n of [0, 1, 4]) await leavesOf(plan).nth(n).click();
    await plan.locator('textarea').first().fill('راز');
    await press(plan, 'share');
    await heard(plan);
    const link = await page.evaluate(() => navigator.clipboard.readText());
    const before = await states(plan);
    await press(plan, 'reset');
    assert.equal((await states(plan)).includes(true), false);
    assert.equal(await plan.locator('textarea').first().inputValue(), 'راز', 'answers are not ticks');
    await press(plan, 'undo');
    assert.deepEqual(await states(plan), before);
    await context.clearCookies();
    const stranger = await reader(t);
    const other = await stranger.open(link);
    await other.locator('[data-act="apply"]').click();
    assert.deepEqual(await states(planOf(other)), before);
    assert.equal(await planOf(other).locator('textarea').first().inputValue(), '', 'answers are never in the link');
  });

  test('delete removes every key of this site and none of another; undo until leaving', async t => {
    const { open } = await reader(t);
    const page = await open(stage.at(stage.plan.sv));
    const plan = planOf(page);
    await leavesOf(plan).nth(0).click();
    await plan.locator('textarea').first().fill('Hemligt');
    await page.evaluate(site => { for (const key of [`ui1:${site}:theme`, 'cl1:someone:else:x', `cl2:${site}:a:b`, 'theme']) localStorage.setItem(key, '1.abc'); }, stage.site);
    await press(plan, 'delete');
    assert.deepEqual(Object.keys(await storage(page)).sort(), ['cl1:someone:else:x', `cl2:${stage.site}:a:b`, 'theme'].sort());
    await press(plan, 'undo');
    assert.equal(await plan.locator('textarea').first().inputValue(), 'Hemligt');
    assert.equal((await states(plan))[0], true);
  });

  test('ticks of items that are no longer there are kept, exported and imported', async t => {
    const { open } = await reader(t);
    const page = await open(stage.at(stage.plan.sv));
    await page.evaluate(([key, bad]) => { localStorage.setItem(key, '1.l0p0aa00'); localStorage.setItem(bad, '1.l0p0aa00'); }, [stage.keyOf('gone'), `cl1:${stage.site}:%zz:gone`]);
    const { content } = await download(page, 'export');
    assert.deepEqual(JSON.parse(content).guides, { [stage.key]: { gone: { done: true, time: parseInt('l0p0aa00', 36) } } });
    await press(planOf(page), 'delete');
    await choose(page, content);
    await page.locator('[data-act="apply"]').click();
    assert.deepEqual(await storage(page), { [stage.keyOf('gone')]: '1.l0p0aa00' });
  });

  test('the newest of two states wins', async t => {
    const { open } = await reader(t);
    const page = await open(stage.at(stage.plan.sv));
    const [[guide, old], [, fresh]] = await leavesOf(planOf(page)).evaluateAll(boxes => boxes.slice(0, 2).map(box => [box.closest('[data-guide]').dataset.guide, box.dataset.item]));
    await leavesOf(planOf(page)).nth(0).click();
    await leavesOf(planOf(page)).nth(1).click();
    await choose(page, { format: 'rahnama-plan', version: 1, site: stage.site, guides: { [guide]: { [old]: { done: false, time: 1000 }, [fresh]: { done: false, time: Date.now() + 10 } } } });
    await page.locator('[data-act="apply"]').click();
    assert.deepEqual((await states(planOf(page))).slice(0, 2), [true, false]);
  });
});

describe('Two lists in one guide', () => {
  test('a heading is seen where its list is, on the page and in the text', async t => {
    const { open } = await reader(t);
    const page = await open(fixture.at(fixture.plan.sv));
    const plan = planOf(page);
    const headings = async view => {
      await page.locator(`[data-filter="${view}"]`).click();
      const seen = await plan.locator('h4:visible').allTextContents();
      const { content } = await download(page, 'markdown');
      assert.deepEqual(content.match(/^#### .+$/gm) ?? [], seen.map(heading => `#### ${heading}`));
      return seen;
    };
    await plan.locator('[data-item="address"]').click();
    // This one is ticked in the source, in the second list.
    await plan.locator('[data-item="hours"]').click();
    assert.deepEqual(await headings('done'), ['Papperen']);
    assert.deepEqual(await headings('open'), ['Papperen', 'Banken', 'Innan du skriver på']);
    for (const item of ['pnr', 'sim', 'card', 'doctor']) await plan.locator(`[data-item="${item}"]`).click();
    assert.deepEqual(await headings('open'), ['Banken', 'Innan du skriver på']);
    assert.deepEqual(await headings('all'), ['Papperen', 'Banken', 'Innan du skriver på']);
  });

  test('reset of one list says that it was this list, and leaves the other', async t => {
    const { open } = await reader(t);
    const guide = await open(fixture.at(fixture.guide.sv));
    for (const item of ['address', 'pass']) await guide.locator(`[data-item="${item}"]`).click();
    await press(listOf(guide), 'reset');
    await eventually(() => said(listOf(guide)), 'Bockarna i den här listan är borttagna. Du kan ångra.');
    assert.equal(await guide.locator('[data-item="pass"]').isChecked(), true);
    const plan = planOf(await open(fixture.at(fixture.plan.sv)));
    await press(plan, 'reset');
    await eventually(() => said(plan), 'Alla bockar är borttagna. Du kan ångra.');
  });
});

describe('Answers', () => {
  test('are kept while typing, at leaving, in the other language and tab', async t => {
    const { open } = await reader(t, { language: 'fa' });
    const page = await open(fixture.at(money.fa));
    const other = await open(fixture.at(money.sv));
    const field = page.locator('#an-rent');
    await field.pressSequentially('Högst 9 000');
    await eventually(() => other.locator('#an-rent').inputValue(), 'Högst 9 000');
    assert.match((await storage(page))[answerKey], /^[0-9a-z]{8}\.Högst 9 000$/);
    await field.pressSequentially(' kr');
    await page.goto(fixture.at(fixture.home.fa));
    assert.match((await storage(page))[answerKey], / kr$/, 'kept at leaving');
    await page.goto(fixture.at(fixture.plan.en));
    assert.equal(await page.locator('[data-answer="rent"]').inputValue(), 'Högst 9 000 kr');
    assert.equal(await page.locator('[data-answer="rent"]').getAttribute('dir'), 'auto');
  });

  test('CT-20 long answers do not move the page when it is opened', async t => {
    const init = () => {
      window.shifts = [];
      new PerformanceObserver(list => { for (const { value } of list.getEntries()) window.shifts.push(value); }).observe({ type: 'layout-shift', buffered: true });
    };
    const { open } = await reader(t, { init });
    const page = await open(fixture.at(money.sv));
    await page.evaluate(key => localStorage.setItem(key, `l0p0aa00.${'Ett långt svar på frågan. '.repeat(60)}`), answerKey);
    for (const at of [money.sv, fixture.plan.sv]) {
      await page.goto(fixture.at(at));
      await page.waitForTimeout(500);
      assert.match(await page.locator('[data-answer="rent"]').inputValue(), /långt svar/);
      assert.deepEqual(await page.evaluate(() => window.shifts), []);
    }
    // What does not fit is there when the reader goes into the box, and on paper.
    const field = page.locator('[data-answer="rent"]');
    const hidden = () => field.evaluate(box => box.scrollHeight - box.clientHeight);
    assert.ok(await hidden() > 0);
    await page.emulateMedia({ media: 'print' });
    assert.ok(await hidden() <= 1, 'print shows all');
    await page.emulateMedia({ media: 'screen' });
    await field.focus();
    assert.ok(await hidden() <= 1, 'the box grows');
  });

  test('hold 4,000 characters, and what is being typed is not overwritten', async t => {
    const { open } = await reader(t);
    const page = await open(fixture.at(money.sv));
    const other = await open(fixture.at(money.sv));
    await page.locator('#an-rent').fill('x'.repeat(4000));
    await eventually(async () => (await other.locator('#an-rent').inputValue()).length, 4000);
    await page.evaluate(() => { const field = document.querySelector('#an-rent'); field.value = 'half a thou'; field.dispatchEvent(new InputEvent('input', { bubbles: true })); });
    await other.locator('#cb-savings').click();
    await eventually(() => page.locator('#cb-savings').isChecked(), true);
    assert.equal(await page.locator('#an-rent').inputValue(), 'half a thou');
    await page.close();
    await other.evaluate(key => localStorage.setItem(key, `l0p0aa00.${'x'.repeat(4001)}`), answerKey);
    await other.goto(fixture.at(money.en));
    assert.equal(await other.locator('#an-rent').inputValue(), '', 'too long counts as absent');
  });
});

describe('Progress elsewhere', () => {
  const texts = page => page.locator('main [data-items]').allTextContents();
  const of = (language, done, total) => new RegExp(`^${numberIn(language, done)}\\D+${numberIn(language, total)}$`);

  test('home and sections count; continue leads to the first open item of what was begun', async t => {
    const { open } = await reader(t, { language: 'fa' });
    const [home, section] = [await open(fixture.at(fixture.home.fa)), await open(fixture.at(fixture.section.fa))];
    const shows = async (site, move, signing) => {
      await eventually(async () => (await texts(section)).map((text, n) => of('fa', ...[move, signing][n]).test(text)), [true, true]);
      await eventually(async () => (await texts(home)).every(text => of('fa', ...site).test(text)), true);
    };
    // One item is ticked in the source.
    await shows([1, 12], [1, 9], [0, 3]);
    const guide = await open(fixture.at(money.sv));
    await guide.locator('#cb-rent').click();
    await shows([2, 12], [1, 9], [1, 3]);
    for (const id of ['savings', 'contract']) await guide.locator(`#cb-${id}`).click();
    await shows([4, 12], [1, 9], [3, 3]);
    assert.equal(await section.locator('main .progress.done').count(), 1);
    await guide.goto(fixture.at(fixture.guide.sv));
    await guide.locator('#cb-address').click();
    const on = home.locator('[data-continue]').first();
    await eventually(async () => /#item-pnr$/.test(await on.getAttribute('href')), true);
    await on.click();
    await home.waitForURL(/\/fa\/.*#item-pnr$/);
    assert.equal(await home.locator('#item-pnr').evaluate(item => item.matches(':target')), true);
  });

  test('continue stays hidden until something is done, and when all is', async t => {
    const { open } = await reader(t);
    const home = await open(fixture.at(fixture.home.sv));
    await home.evaluate(key => localStorage.setItem(key, '0.l0p0aa00'), fixture.keyOf('hours'));
    await home.reload();
    const link = home.locator('[data-continue]').first();
    assert.equal(await link.isVisible(), false);
    const plan = await open(fixture.at(fixture.plan.sv));
    await leavesOf(planOf(plan)).first().click();
    await eventually(() => link.isVisible(), true);
    await plan.evaluate(() => { for (const box of document.querySelectorAll('.cl-item:not(:has(.cl-item)) > input')) if (!box.checked) box.click(); });
    await eventually(() => link.isVisible(), false);
  });
});
