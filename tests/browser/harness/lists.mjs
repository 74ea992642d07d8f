// What the tests say of checklists, in a reader's words.
import assert from 'node:assert/strict';

export const numberIn = (language, n) => new Intl.NumberFormat(language).format(n);
export const listOf = (page, n = 0) => page.locator('section.cl').nth(n);
export const leavesOf = host => host.locator('.cl-item:not(:has(.cl-item)) > input[data-item]');
export const button = (host, act) => host.locator(`[data-act="${act}"]`).first();
/** Presses a button, opening the menu it stands in. */
export async function press(host, act) {
  const menu = host.locator(`details:has([data-act="${act}"]):not([open]) > summary`);
  if (await menu.count()) await menu.click();
  await button(host, act).click();
}
export const storage = page => page.evaluate(() => ({ ...localStorage }));

/** Which leaves of the first list (or of any host) are ticked, as true and false. */
export const states = host => leavesOf(host).evaluateAll(boxes => boxes.map(box => box.checked));

/** Polls until what a function gives is what is expected. */
export async function eventually(actual, expected, what) {
  const end = Date.now() + 5000;
  let value;
  do {
    value = await actual();
    try { assert.deepEqual(value, expected); return; } catch { await new Promise(done => setTimeout(done, 50)); }
  } while (Date.now() < end);
  assert.deepEqual(value, expected, what);
}

/** The count says `done` and `total` in the digits of the page's language; so does the bar. */
export async function counts(host, language, done, total) {
  const read = () => host.evaluate(el => {
    const bar = el.querySelector('progress');
    return { text: el.querySelector('.cl-count').textContent, spoken: bar.getAttribute('aria-valuetext'), value: bar.value, max: bar.max };
  });
  await eventually(async () => (await read()).value, done);
  const { text, spoken, max } = await read();
  assert.equal(max, total);
  assert.equal(spoken, text);
  if (done < total) for (const n of [done, total]) assert.ok(text.includes(numberIn(language, n)), `${n} in “${text}”`);
  if (language === 'fa') assert.doesNotMatch(text, /[0-9]/);
}

/** What the status of a host said, in order, from now on. */
export async function listen(host) {
  await host.locator('.cl-status').first().evaluate(status => {
    status.said = [];
    new MutationObserver(() => status.said.push(status.textContent)).observe(status, { childList: true, characterData: true, subtree: true });
  });
  return () => host.locator('.cl-status').first().evaluate(status => status.said);
}

export const said = host => host.locator('.cl-status').first().textContent();
/** Waits until the status of a host says something that was not there. */
export async function heard(host, before = '') {
  await eventually(async () => (await said(host)) !== before, true, 'the status speaks');
  return said(host);
}
