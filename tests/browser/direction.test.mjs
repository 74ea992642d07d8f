// LANGUAGE.md B as a browser computes it: the same page from right to left in Persian and from left to right in Swedish.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { reader } from './harness/chromium.mjs';
import { build, stage } from './harness/stages.mjs';

const TEXTS = {
  fa: `
## ردیف‌ها {#rows}

> نقل قولی کوتاه.

متن با *تأکید*، \`code\` و پانویس.[^1]

[^1]: توضیح پانویس.

1. یک
2. دو

- الف
  - ب

| نام | عدد | وسط |
|:--|--:|:-:|
| چای | ۱۲ | بله |

\`\`\`
first line
\`\`\`
`,
  sv: `
## Rader {#rows}

> Ett kort citat.

Text med *betoning*, \`code\` och en fotnot.[^1]

[^1]: Vad fotnoten säger.

1. Ett
2. Två

- Alfa
  - Beta

| Namn | Tal | Mitt |
|:--|--:|:-:|
| Te | 12 | ja |

\`\`\`
first line
\`\`\`
`,
};
const written = (path, text) => path.endsWith('första veckan.md') ? text + (TEXTS[path.slice(0, path.indexOf('första')).match(/\b(fa|sv)\b/)?.[1]] || '') : text;
const folder = await build('directions', written);
const rows = await stage('directions', 'moving', 'flytt/första veckan', folder, folder);

/** Styles as the browser computes them, of the first element that fits. */
const style = (page, selector, ...names) => page.locator(selector).first().evaluate((el, names) => {
  const computed = getComputedStyle(el);
  return Object.fromEntries(names.map(name => [name, computed[name]]));
}, names);
const place = (page, selector) => page.locator(selector).first().boundingBox();

for (const [language, rtl] of [['fa', true], ['sv', false]]) describe(`Directions (${language})`, () => {
  const visit = async t => {
    const { open } = await reader(t, { language });
    return open(rows.at(rows.guide[language]));
  };
  /** `a` comes before `b` where reading begins. */
  const before = (a, b) => rtl ? a.x + a.width > b.x + b.width : a.x < b.x;

  test('B2 columns begin where reading begins, and align by class', async t => {
    const page = await visit(t);
    const cells = '.prose table tbody tr:first-child > ';
    const [first, second, third] = [await place(page, `${cells}:nth-child(1)`), await place(page, `${cells}:nth-child(2)`), await place(page, `${cells}:nth-child(3)`)];
    assert.ok(before(first, second) && before(second, third));
    for (const [n, align] of [[1, 'start'], [2, 'end'], [3, 'center']]) assert.equal((await style(page, `${cells}:nth-child(${n})`, 'textAlign')).textAlign, align);
  });

  test('B3, B6 arrows turn with the direction, a magnifier does not', async t => {
    const page = await visit(t);
    const turned = rtl ? '-1 1' : ['none', '1'];
    for (const selector of ['.fn-back .icon-dir', '.pager .icon-dir, .next-on-path .icon-dir, .icon-dir']) assert.ok([turned].flat().includes((await style(page, selector, 'scale')).scale), selector);
    assert.equal((await style(page, 'header [role="search"] svg, header .search svg', 'scale')).scale, 'none');
  });

  test('B4 the next guide stands at the end of the line, the former at its beginning', async t => {
    const { open } = await reader(t, { language });
    const page = await open(rows.at(rows.guideOf('flytt/pengar')[language]));
    const [pager, link] = [await place(page, '.pager'), await place(page, '.pager a')];
    const next = await page.locator('.pager a').first().evaluate(a => a.matches('.pager-next'));
    const middle = link.x + link.width / 2 - (pager.x + pager.width / 2);
    assert.equal(middle > 0, rtl !== next);
  });

  test('B5 quotations have their bar at the beginning of the line', async t => {
    const bars = await style(await visit(t), '.prose blockquote', 'borderLeftWidth', 'borderRightWidth', 'paddingLeft', 'paddingRight');
    const [start, end] = rtl ? ['Right', 'Left'] : ['Left', 'Right'];
    assert.ok(parseFloat(bars[`border${start}Width`]) > 0 && parseFloat(bars[`padding${start}`]) > 0);
    assert.equal(parseFloat(bars[`border${end}Width`]), 0);
  });

  test('B7 lists count in the digits of the language and have room for their numbers', async t => {
    const page = await visit(t);
    const { listStyleType, paddingInlineStart, fontSize } = await style(page, '.prose ol:not(.footnotes ol)', 'listStyleType', 'paddingInlineStart', 'fontSize');
    assert.equal(listStyleType, rtl ? 'persian' : 'decimal');
    assert.ok(parseFloat(paddingInlineStart) >= 2 * parseFloat(fontSize));
    const [outer, inner] = [await place(page, '.prose ul:not(.cl-list) > li'), await place(page, '.prose ul:not(.cl-list) ul > li')];
    assert.ok(before(outer, inner), 'indented from where reading begins');
  });

  test('B8 boxes stand before their words', async t => {
    const page = await visit(t);
    assert.ok(before(await place(page, '.cl-item > input'), await place(page, '.cl-item > label')));
  });

  test('B10, A5 fields follow what is written in them', async t => {
    const page = await visit(t);
    const field = page.locator('header input[type="search"]');
    const direction = () => field.evaluate(el => getComputedStyle(el).direction);
    assert.equal(await direction(), rtl ? 'rtl' : 'ltr', 'empty: as the page');
    await field.fill('SMART');
    assert.equal(await direction(), 'ltr');
    await field.fill('هدف');
    assert.equal(await direction(), 'rtl');
  });

  test('B11 code runs from left to right and begins at the left', async t => {
    const page = await visit(t);
    assert.deepEqual(await style(page, '.prose pre', 'direction', 'textAlign'), { direction: 'ltr', textAlign: 'left' });
    assert.equal((await style(page, '.prose code', 'direction')).direction, 'ltr');
    assert.equal(await page.locator('.prose .table-scroll').evaluate(el => el.scrollLeft), 0);
  });

  test('H letters join, lines have air, emphasis is not slanted in Persian', async t => {
    const page = await visit(t);
    const text = await style(page, '.prose > p', 'letterSpacing', 'hyphens', 'textAlign', 'lineHeight', 'fontSize', 'fontFamily');
    const air = parseFloat(text.lineHeight) / parseFloat(text.fontSize);
    assert.equal(text.textAlign, 'start');
    const slant = await style(page, '.prose em', 'fontStyle', 'fontWeight', 'fontSynthesisStyle');
    if (rtl) {
      assert.deepEqual([text.hyphens, slant.fontStyle], ['none', 'normal']);
      assert.ok(['normal', '0px'].includes(text.letterSpacing));
      assert.ok(air >= 1.8 && Number(slant.fontWeight) >= 600, `${air} ${slant.fontWeight}`);
      assert.match(text.fontFamily, /^"?Vazirmatn/);
      for (const heading of ['h1', '.prose h2']) assert.ok(['normal', '0px'].includes((await style(page, heading, 'letterSpacing')).letterSpacing), heading);
    } else {
      assert.deepEqual([text.hyphens, slant.fontStyle], ['auto', 'italic']);
      assert.ok(air >= 1.5 && air < 1.8);
    }
  });

  test('B15 what search marks keeps joining', async t => {
    const page = await visit(t);
    await page.locator('header input[type="search"]').fill(rtl ? 'بانک' : 'personnummer');
    const mark = page.locator('mark').first();
    await mark.waitFor();
    const { paddingInlineStart, marginInlineStart, borderInlineStartWidth, letterSpacing } = await style(page, 'mark', 'paddingInlineStart', 'marginInlineStart', 'borderInlineStartWidth', 'letterSpacing');
    assert.deepEqual([paddingInlineStart, marginInlineStart, borderInlineStartWidth], ['0px', '0px', '0px']);
    assert.ok(['normal', '0px'].includes(letterSpacing));
  });
});
