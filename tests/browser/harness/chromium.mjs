// Debian's Chromium, driven by Playwright. Every page opened here must stay free of console errors, failed requests and policy violations.
import { existsSync } from 'node:fs';
import { after } from 'node:test';
import assert from 'node:assert/strict';
import { chromium } from 'playwright-core';

export const LANGUAGES = ['sv', 'fa', 'en'];
export const PHONE = { width: 390, height: 844 };
export const DESKTOP = { width: 1280, height: 800 };

const path = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(path => path && existsSync(path));
if (!path) throw new Error('no Chromium here: run tests/install.sh');

let browser;
/** One browser a test file; the back/forward cache is on, as readers have it. */
export async function launch() {
  browser ??= await chromium.launch({
    executablePath: path,
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
    ignoreDefaultArgs: ['--disable-back-forward-cache'],
  });
  return browser;
}
after(() => browser?.close());

/** A reader: own storage, several tabs. `open(url)` gives a tab. Closed with the test, which fails on anything the console said. */
export async function reader(t, { language = 'en', dark = false, viewport = DESKTOP, script = true, init, args, ...options } = {}) {
  const context = await (await launch()).newContext({
    locale: language, viewport, colorScheme: dark ? 'dark' : 'light', javaScriptEnabled: script, acceptDownloads: true, ...options,
  });
  const problems = [];
  await context.exposeBinding('reportViolation', (_, text) => { problems.push(`policy: ${text}`); });
  await context.addInitScript(() => addEventListener('securitypolicyviolation', event => reportViolation(`${event.violatedDirective} ${event.blockedURI}`)));
  if (init) await context.addInitScript(init, args);
  context.on('console', message => { if (message.type() === 'error') problems.push(`console: ${message.text()}`); });
  // A view transition that the browser gives up, and a request that ends because the reader has gone on, are nobody's fault.
  const note = text => { if (!/ViewTransition|Transition was aborted|ERR_ABORTED/.test(text)) problems.push(text); };
  context.on('weberror', error => note(`script: ${error.error()}`));
  context.on('requestfailed', request => note(`request: ${request.url()} ${request.failure()?.errorText}`));
  context.on('response', response => { if (response.status() >= 400) problems.push(`status ${response.status()}: ${response.url()}`); });
  t.after(async () => {
    await context.close();
    assert.deepEqual(problems, [], 'what the console said');
  });
  const open = async url => {
    const page = await context.newPage();
    await page.goto(url);
    return page;
  };
  return { context, open, problems };
}

/** A test that cannot run here says so; where everything is installed (CI) it fails instead. */
export function skipped(t, why) {
  console.log(`SKIPPED ${t.name}: ${why}`);
  if (process.env.CI === 'true') assert.fail(`skipped: ${why}`);
  t.skip(why);
}
