// An author writes with `rahnama serve` beside the editor: edits show at once, problems lie over the page until they are mended.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { reader } from './harness/chromium.mjs';

const repository = new URL('../../', import.meta.url).pathname;
let project, server, url;

before(async () => {
  project = await mkdtemp(join(tmpdir(), 'rahnama-serve-'));
  for (const part of ['content', 'locales', 'site.toml']) await cp(join(repository, part), join(project, part), { recursive: true });
  server = spawn(join(repository, 'target/release/rahnama'), ['serve', '-C', project, '--port', '4411'], { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  url = await new Promise((resolve, reject) => {
    const listen = data => {
      said += data;
      const found = /http:\/\/127\.0\.0\.1:\d+\//.exec(said);
      if (found) resolve(found[0]);
    };
    server.stdout.on('data', listen);
    server.stderr.on('data', listen);
    server.on('exit', code => reject(new Error(`serve ended with ${code}: ${said}`)));
  });
});

after(async () => {
  server?.removeAllListeners('exit');
  server?.kill('SIGTERM');
  await rm(project, { recursive: true, force: true });
});

const file = name => join(project, 'content', name);
const edit = async (name, change) => writeFile(file(name), change(await readFile(file(name), 'utf8')));

test('an edit shows at once, and the reader stays where they were', async t => {
  const { open } = await reader(t, { language: 'en' });
  const page = await open(`${url}en/strategy/goals-that-steer/`);
  await page.evaluate(() => scrollTo(0, 900));
  await page.waitForFunction(() => scrollY > 800);
  await page.waitForTimeout(300);
  await edit('en/strategy/goals-that-steer.md', text => text.replace('## ', 'A sentence that was not there before.\n\n## '));
  await page.getByText('A sentence that was not there before.').waitFor({ state: 'attached' });
  await page.waitForFunction(() => scrollY > 700);
});

test('a page that did not change is left alone', async t => {
  const { open } = await reader(t, { language: 'sv' });
  const page = await open(`${url}sv/`);
  await page.evaluate(() => { window.stays = true; });
  await page.waitForTimeout(300);
  await edit('en/about.md', text => `${text}\nOne more line.\n`);
  await page.waitForTimeout(1500);
  assert.equal(await page.evaluate(() => window.stays), true);
});

test('a broken Persian page shows the problem from right to left, keeps its last good text, and is clean again when mended', async t => {
  const { open } = await reader(t, { language: 'fa' });
  const page = await open(`${url}fa/`);
  const good = await readFile(file('fa/index.md'), 'utf8');
  await page.waitForTimeout(300);
  await writeFile(file('fa/index.md'), `${good}\n[پیوند](nowhere.md)\n`);
  const problems = page.locator('rahnama-problems');
  await problems.getByText('LNK001').waitFor();
  assert.equal(await problems.evaluate(host => getComputedStyle(host.shadowRoot.querySelector('h1,h2,p,strong')).direction), 'rtl');
  assert.equal(await page.locator('main a[href*="nowhere"]').count(), 0, 'the last good text stays');
  await writeFile(file('fa/index.md'), good);
  await problems.waitFor({ state: 'detached' });
});

test('the author’s desk is there in three languages', async () => {
  for (const [path, lang] of [['_rahnama/', 'en'], ['_rahnama/fa/index.html', 'fa'], ['_rahnama/sv/index.html', 'sv']]) {
    const text = await (await fetch(url + path)).text();
    assert.match(text, new RegExp(`<html lang="${lang}"`));
    assert.match(text, /<table/);
  }
});
