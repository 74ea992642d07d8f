// Direction, typography and names as a browser computes and paints them: the same page from right to left in Persian and from left to right in Swedish.
// PICTURES=folder keeps a picture of each page.
import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, test } from 'node:test';
import { PHONE, reader } from './harness/chromium.mjs';
import { SMALL, build, stage } from './harness/stages.mjs';

const TEXTS = {
  fa: `
## ردیف‌ها {#rows}

> نقل قولی کوتاه.

متن با *تأکید*، \`code\` و پانویس.[^1]

[^1]: توضیح پانویس.

1. یک
   1. یکمِ یک
   2. دومِ یک
2. دو

زبان C++ و .NET، تلفن +46 8-123 456 و سپس CPA, KPI آخر. {PHONE}

:::tabs
- **نخست** یک
- **دوم** دو
- **سوم** سه
:::

\`\`\`flow
title: از هدف تا C++
description: سه بخش، یکی پس از دیگری.

- **هدف** یک
- **برنامه** دو
- **کار** سه
\`\`\`

\`\`\`scale
title: از کم تا زیاد
description: سه بخش، یکی پس از دیگری.

- **۱** کم
- **۲** میان
- **۳** زیاد
\`\`\`

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
   1. Ett ett
   2. Ett två
2. Två

Språken C++ och .NET, telefon +46 8-123 456 och sedan CPA, KPI sist. {PHONE}

:::tabs
- **Först** ett
- **Sedan** två
- **Sist** tre
:::

\`\`\`flow
title: Från mål till C++
description: Tre delar, en efter en.

- **Mål** ett
- **Plan** två
- **Arbete** tre
\`\`\`

\`\`\`scale
title: Från lite till mycket
description: Tre delar, en efter en.

- **1** lite
- **2** lagom
- **3** mycket
\`\`\`

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
const PHONE_LINK = '[+46 8-123 456](tel:+468123456)';
const written = (path, text) => path.endsWith('första veckan.md')
  ? text + (TEXTS[path.slice(0, path.indexOf('första')).match(/\b(fa|sv)\b/)?.[1]] || '').replace('{PHONE}', PHONE_LINK) : text;
/** Pages below names of the other direction, and a glossary with a number in each kind of digits. */
const more = Object.fromEntries(['fa', 'sv', 'en'].flatMap(language => {
  const names = language === 'fa' ? ['CPA', 'KPI', 'پایان'] : ['شاخص', 'CPA', 'Slut'];
  return [
    [`content/${language}/cpa/index.md`, `# ${names[0]}\n`],
    [`content/${language}/cpa/kpi/index.md`, `# ${names[1]}\n\n[[#plan]]\n`],
    [`content/${language}/cpa/kpi/last.md`, `# ${names[2]}\n\n[[#plan]]\n`],
    [`content/${language}/words.md`, '+++\ntitle = "12"\ntemplate = "glossary"\n+++\n'],
    [`content/${language}/glossary.toml`, language === 'fa' ? '[plan]\nterm = "برنامهٔ ۱۲ ماهه"\ndefinition = "یک سال"\n[other]\nterm = "هدف"\ndefinition = "آنچه می‌خواهیم"\n'
      : '[plan]\nterm = "Plan 12"\ndefinition = "x"\n[other]\nterm = "Other"\ndefinition = "y"\n'],
  ];
}));
const folder = await build('directions', written, undefined, async source => {
  await SMALL(source);
  for (const [path, text] of Object.entries(more)) {
    await mkdir(dirname(join(source, path)), { recursive: true });
    await writeFile(join(source, path), text);
  }
});
const rows = await stage('directions', 'moving', 'flytt/första veckan', folder, folder);

/** The characters of a text as they are painted, line by line from left to right. */
const painted = (page, selector) => page.locator(selector).first().evaluate(el => {
  const found = [];
  const walk = document.createTreeWalker(el, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  for (let node; (node = walk.nextNode());) {
    for (let at = 0; at < node.length; at += 1) {
      range.setStart(node, at);
      range.setEnd(node, at + 1);
      const { x, y, width, height } = range.getBoundingClientRect();
      if (width) found.push({ c: node.data[at], x, line: Math.round((y + height / 2) / 12) });
    }
  }
  return found.sort((a, b) => a.line - b.line || a.x - b.x).map(({ c }) => c).join('');
});

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
    assert.equal((await style(page, '.prose ol ol', 'listStyleType')).listStyleType, rtl ? 'persian-alphabetic' : 'decimal', 'the second level');
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
    assert.deepEqual(await style(page, '.prose pre', 'direction', 'textAlign'), { direction: 'ltr', textAlign: 'start' });
    const [box, first] = await page.locator('.prose pre').first().evaluate(pre => {
      const range = document.createRange();
      const [text] = pre.querySelector('code').childNodes;
      range.setStart(text, 0);
      range.setEnd(text, 1);
      return [pre, range].map(part => part.getBoundingClientRect().x);
    });
    assert.ok(first - box > 0 && first - box < 40, `the first letter stands at the left: ${box} ${first}`);
    assert.equal((await style(page, '.prose code', 'direction')).direction, 'ltr');
    assert.equal(await page.locator('.prose .table-scroll').evaluate(el => el.scrollLeft), 0);
  });

  test('H3, H4, H5, G2 letters join, lines have air, emphasis is not slanted in Persian', async t => {
    const page = await visit(t);
    if (process.env.PICTURES) await page.screenshot({ path: join(process.env.PICTURES, `rows-${language}.png`), fullPage: true });
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

  test('A3 a breadcrumb reads on in the direction of the page', async t => {
    const { open } = await reader(t, { language });
    const crumbs = await painted(await open(rows.at(`/${language}/cpa/kpi/last/index.html`)), '.crumbs');
    // In painted order the letters of شاخص begin with its last.
    const [left, right] = rtl ? ['KPI', 'CPA'] : ['صخاش', 'CPA'];
    assert.ok(crumbs.includes(left) && crumbs.includes(right) && crumbs.indexOf(left) < crumbs.indexOf(right), crumbs);
  });

  test('A4 what runs from left to right is painted whole, lists in the order of the page', async t => {
    const page = await visit(t);
    const seen = await painted(page, '.prose p:has(a[href^="tel:"])');
    for (const run of ['C++', '.NET', '+46 8-123 456']) assert.ok(seen.includes(run), `${run} in ${seen}`);
    assert.equal(seen.indexOf('KPI') < seen.indexOf('CPA'), rtl, seen);
  });

  test('B10 the filter of the glossary takes a number in any digits', async t => {
    const { open } = await reader(t, { language });
    const page = await open(rows.at(`/${language}/words/index.html`));
    for (const number of ['12', '۱۲', '١٢']) {
      await page.locator('#glossary-filter').fill(number);
      assert.deepEqual(await page.locator('.term-entry:not([hidden])').evaluateAll(all => all.map(el => el.id)), ['plan'], number);
    }
  });

  test('pages that use a term stand beside the label, between them a comma that is no part of a link', async t => {
    const { open } = await reader(t, { language, viewport: PHONE });
    const page = await open(rows.at(`/${language}/words/index.html`));
    const uses = page.locator('.term-facts > div').filter({ has: page.locator('a') });
    const [inside, after] = await uses.locator('a').first().evaluate(link => [link, link.parentElement].map(el => getComputedStyle(el, '::after').content));
    assert.equal(inside, 'none');
    assert.ok(after.startsWith(rtl ? '"، "' : '", "'), after);
    const [label, link] = await Promise.all([uses.locator('dt'), uses.locator('a').first()].map(async el => el.boundingBox()));
    assert.ok(label.y < link.y + link.height && link.y < label.y + label.height, 'one line');
  });

  test('B11 a wide table begins where reading begins, and so does its way along', async t => {
    const { open } = await reader(t, { language, viewport: PHONE });
    const page = await open(rows.at(rows.guide[language]));
    const places = await page.locator('.prose .table-scroll').first().evaluate((el, sign) => {
      el.querySelector('table').style.inlineSize = '60rem';
      return [0, sign * 100, -sign * 100].map(to => { el.scrollTo({ left: to }); return el.scrollLeft; });
    }, rtl ? -1 : 1);
    assert.deepEqual(places, [0, rtl ? -100 : 100, 0]);
  });

  test('B12 arrow keys go where they point', async t => {
    const page = await visit(t);
    const selected = () => page.locator('[role="tab"]').evaluateAll(tabs => tabs.findIndex(tab => tab.getAttribute('aria-selected') === 'true'));
    const [forward, back] = rtl ? ['ArrowLeft', 'ArrowRight'] : ['ArrowRight', 'ArrowLeft'];
    await page.locator('[role="tab"]').first().focus();
    for (const [key, tab] of [[forward, 1], [forward, 2], [forward, 0], [back, 2], [back, 1]]) {
      await page.keyboard.press(key);
      assert.equal(await selected(), tab, key);
    }
    const [first, second] = [await place(page, '[role="tab"]:nth-child(1)'), await place(page, '[role="tab"]:nth-child(2)')];
    assert.ok(before(first, second));
  });

  test('B12 the shortcut of search goes by the key, whatever the layout writes with it', async t => {
    const page = await visit(t);
    for (const key of ['k', 'ن', 'K']) {
      await page.evaluate(key => { document.activeElement.blur(); document.body.dispatchEvent(new KeyboardEvent('keydown', { key, code: 'KeyK', ctrlKey: true, bubbles: true, cancelable: true })); }, key);
      assert.equal(await page.evaluate(() => document.activeElement.id), 'search-input', key);
    }
  });

  test('B13 steps of a diagram follow the language, numbers on an axis do not', async t => {
    const page = await visit(t);
    const pair = async kind => [await place(page, `.diagram-${kind} .diagram-body > li:nth-child(1)`), await place(page, `.diagram-${kind} .diagram-body > li:nth-child(2)`)];
    assert.ok(before(...await pair('flow')));
    const [low, high] = await pair('scale');
    assert.ok(low.x < high.x);
    assert.ok((await painted(page, '.diagram-flow .diagram-title')).includes('C++'));
  });

  test('B14 paper has equal margins, and words and bars where the screen has them', async t => {
    const page = await visit(t);
    await page.emulateMedia({ media: 'print' });
    const margins = await page.evaluate(() => {
      const rules = list => [...list].flatMap(rule => rule instanceof CSSPageRule ? [rule] : rule.cssRules ? rules(rule.cssRules) : []);
      return [...document.styleSheets].flatMap(sheet => rules(sheet.cssRules)).map(({ style }) => [style.marginLeft, style.marginRight]);
    });
    assert.ok(margins.length > 0 && margins.every(([left, right]) => left && left === right), `${margins}`);
    const bars = await style(page, '.prose blockquote', 'borderLeftWidth', 'borderRightWidth');
    assert.ok(parseFloat(bars[rtl ? 'borderRightWidth' : 'borderLeftWidth']) > 0);
    assert.ok(before(await place(page, '.cl-item > input'), await place(page, '.cl-item > label')));
    if (process.env.PICTURES) await page.pdf({ path: join(process.env.PICTURES, `rows-${language}.pdf`) });
  });

  test('G1 quotations in markup have the marks of their language', async t => {
    const page = await visit(t);
    const quotes = await page.evaluate(() => getComputedStyle(document.querySelector('.prose').appendChild(document.createElement('q'))).quotes);
    assert.equal(quotes, rtl ? '"«" "»" "‹" "›"' : '"”" "”" "’" "’"');
  });

  test('G4 joiners and colons break no line, nor does a linked telephone number', async t => {
    const page = await visit(t);
    const lines = await page.evaluate(texts => texts.map(text => {
      const box = document.querySelector('.prose').appendChild(document.createElement('div'));
      const span = box.appendChild(document.createElement('span'));
      Object.assign(box.style, { inlineSize: '1px', overflowWrap: 'normal', hyphens: 'none' });
      span.textContent = text;
      return span.getClientRects().length;
    }), ['KPI:er', 'کتاب\u200cهای', 'KPI er']);
    assert.deepEqual(lines, [1, 1, 2]);
    await page.setViewportSize({ width: 320, height: 800 });
    assert.equal(await page.locator('.prose a[href^="tel:"]').evaluate(el => new Set([...el.getClientRects()].map(({ y }) => y)).size), 1);
  });

  test('H2 the Persian font comes with Persian pages only', async t => {
    const { context } = await reader(t, { language });
    const page = await context.newPage();
    const fonts = [];
    page.on('response', response => { if (/\.woff2/.test(response.url())) fonts.push(response.url()); });
    await page.goto(rows.at(rows.guide[language]), { waitUntil: 'networkidle' });
    assert.equal(fonts.some(url => /vazirmatn/.test(url)), rtl, fonts.join());
  });

  test('H6, H7 links leave room for dots, texts are as large and lines as long as the script needs', async t => {
    const { open } = await reader(t, { language });
    const page = await open(rows.at(rows.guide[language]));
    const { fontSize, width } = await style(page, '.prose > p:not(:first-child)', 'fontSize', 'width');
    const link = await style(page, '.prose a[href^="tel:"]', 'textUnderlineOffset', 'textDecorationSkipInk', 'fontSize');
    assert.equal(link.textDecorationSkipInk, 'auto');
    const ratio = parseFloat(fontSize) / 18;
    if (rtl) {
      assert.equal(parseFloat(link.textUnderlineOffset).toFixed(2), (parseFloat(link.fontSize) * 0.35).toFixed(2));
      assert.ok(ratio >= 1.0625 && ratio <= 1.125, fontSize);
    } else assert.equal(ratio, 1);
    const letter = await page.locator('.prose > p:not(:first-child)').first().evaluate(el => {
      const span = el.appendChild(document.createElement('span'));
      Object.assign(span.style, { display: 'inline-block', inlineSize: '1ch' });
      return span.getBoundingClientRect().width;
    });
    const letters = parseFloat(width) / letter;
    assert.ok(letters >= 60 && letters <= 70, `${letters} ch`);
  });

  if (rtl) test('H1 every sign of Persian has its glyph in the font', async t => {
    const page = await visit(t);
    const lacking = await page.evaluate(async signs => {
      await document.fonts.load('40px Vazirmatn', signs);
      const pen = document.createElement('canvas').getContext('2d');
      const width = (c, font) => { pen.font = font; return pen.measureText(c).width; };
      return [...signs].filter(c => width(c, '40px Vazirmatn, monospace') !== width(c, '40px Vazirmatn, serif'));
    }, 'آابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهیءأؤئۀة،؛؟۰۱۲۳۴۵۶۷۸۹٪٫٬«»﷼');
    assert.deepEqual(lacking, []);
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
