// Where the tests run: the fixture pages, and the real site where it has been built (`SITE=folder`, `PORTABLE=folder` for the one that opens from disk).
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { FIXTURE, fixtureSite } from '../fixtures/site.mjs';
import { served } from '../scripts.mjs';
import { serve } from './server.mjs';

const REAL_GUIDE = 'foundations/message-channel-receiver';
const address = path => '/' + path.split('/').map(encodeURIComponent).join('/');

async function pagesOf(folder) {
  const files = (await readdir(folder, { recursive: true })).filter(path => path.endsWith('.html')).sort();
  return Promise.all(files.map(async path => ({ path, html: await readFile(join(folder, path), 'utf8') })));
}

/** Finds the pages of the real site by what stands on them, so that slugs may change. */
async function realSite(folder) {
  const pages = await pagesOf(folder);
  const languages = [...new Set(pages.map(({ path }) => path.split('/')[0]))].filter(tag => /^[a-z]{2,3}$/.test(tag));
  const find = wanted => Object.fromEntries(languages.map(language => [language, address(pages.find(({ path, html }) => path.startsWith(`${language}/`) && wanted(html, path))?.path || '')]));
  return {
    name: 'site', key: REAL_GUIDE, site: /data-site="([^"]+)"/.exec(pages.map(({ html }) => html).join(''))[1],
    home: find((_, path) => /^\w+\/index\.html$/.test(path)),
    guide: find(html => html.includes(`data-guide="${REAL_GUIDE}"`) && !html.includes('class="plan"')),
    plan: find(html => html.includes('class="plan"')),
  };
}

async function temporary() {
  const folder = await mkdtemp(join(tmpdir(), 'rahnama-browser-'));
  after(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

async function start(stage, folder, portable) {
  const server = await serve(folder);
  after(() => server.close());
  return {
    ...stage, folder, portable, origin: server.origin, at: path => server.origin + path,
    onDisk: path => `file://${portable}${path}`,
    keyOf: (item, kind = 'cl1', site = stage.site) => [kind, site, stage.key, item].map(encodeURIComponent).join(':'),
  };
}

const fixtureFolder = await temporary();
await fixtureSite(fixtureFolder, await readFile(served('checklist'), 'utf8'));
export const fixture = await start(FIXTURE, fixtureFolder, fixtureFolder);
export const site = process.env.SITE ? await start(await realSite(process.env.SITE), process.env.SITE, process.env.PORTABLE || process.env.SITE) : undefined;
/** The common tests run on both. */
export const stages = [fixture, site].filter(Boolean);
