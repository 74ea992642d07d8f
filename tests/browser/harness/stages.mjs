// Where the tests run: a small site of our own (`site/`, with variants made of it), and the real one (`SITE=folder`, `PORTABLE=folder`
// for its build that opens from disk). Both are built by the release binary.
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { serve } from './server.mjs';

const project = fileURLToPath(new URL('../site/', import.meta.url));
const theme = fileURLToPath(new URL('../../../themes/default/', import.meta.url));
const binary = process.env.RAHNAMA || fileURLToPath(new URL('../../../target/release/rahnama', import.meta.url));
if (!existsSync(binary)) throw new Error('no release binary: cargo build --release');

const scratch = await mkdtemp(join(tmpdir(), 'rahnama-browser-'));
after(() => rm(scratch, { recursive: true, force: true }));

/** Builds the small site, after `change(path, text)` has had its way with each file. */
export async function build(name, change = (_, text) => text, flags = ['--base-url', 'https://moving.example/']) {
  const source = join(scratch, `${name}-source`);
  const folder = join(scratch, name);
  await cp(project, source, { recursive: true });
  // The theme as it stands in the working tree, not as it was when the binary was built.
  await cp(theme, join(source, 'themes/default'), { recursive: true });
  for (const path of (await readdir(project, { recursive: true })).filter(path => /\.(md|toml)$/.test(path))) {
    await writeFile(join(source, path), change(path, await readFile(join(source, path), 'utf8')));
  }
  await promisify(execFile)(binary, ['-C', source, 'build', '-o', folder, ...flags]).catch(({ stdout, stderr }) => { throw new Error(`${name}: ${stdout}${stderr}`); });
  return folder;
}

const guide = change => (path, text) => path.endsWith('första veckan.md') ? change(text) : text;
const listItem = (text, id) => new RegExp(`- \\[.\\] [^\\n]*#${id}\\b[^\\n]*\\n(?:\\n? {2}[^\\n]+\\n)*`).exec(text)[0];

/** Another order, one item gone, one renamed, one with other words. */
const edited = guide(text => {
  const [address, pnr, sim, card, doctor] = ['address', 'pnr', 'sim', 'card', 'doctor'].map(id => listItem(text, id));
  return text.replace(address + pnr + sim + card + doctor, sim + pnr.replace(' <!--', ' (nytt, جدید, new) <!--') + card.replace('#card', '#id-card was:card was:identity') + address);
});
const renamed = guide(text => text.replace('+++\n', '+++\nid = "leaving"\nwas = ["flytt/första veckan"]\n'));
/** Forty parents with forty-eight leaves each, and forty leaves without one: two thousand boxes. */
const many = guide(text => text.replace(/\n## [^]*/, `\n## 2000 {#many}\n\n${[
  ...Array.from({ length: 40 }, (_, n) => [`- [ ] ${n} <!-- #group-${n} -->`, ...Array.from({ length: 48 }, (_, m) => `  - [ ] ${n}/${m} <!-- #leaf-${n}-${m} -->`)]),
  ...Array.from({ length: 40 }, (_, n) => `- [ ] ${n} <!-- #single-${n} -->`),
].flat().join('\n')}\n`));
const other = (path, text) => text.replace('id = "moving"', 'id = "other"');

const address = path => '/' + path.split('/').map(encodeURIComponent).join('/');
const escaped = key => key.replace(/&/g, '&amp;').replace(/"/g, '&quot;');

/** Finds pages by what stands on them, so that slugs may change. */
export async function pagesOf(folder) {
  const paths = (await readdir(folder, { recursive: true })).filter(path => path.endsWith('.html')).sort();
  const pages = await Promise.all(paths.map(async path => ({ path, html: await readFile(join(folder, path), 'utf8') })));
  const find = wanted => Object.fromEntries(['sv', 'fa', 'en'].map(language => {
    const page = pages.find(({ path, html }) => path.startsWith(`${language}/`) && wanted(html, path));
    return [language, page && address(page.path)];
  }));
  return {
    guide: key => find(html => html.includes(`data-guide="${escaped(key)}"`) && /<body class="page-page/.test(html)),
    kind: name => find(html => html.includes(`<body class="page-${name}"`)),
  };
}

/** What may stand on a guide: two guides with the same of these are of one kind. */
const PARTS = ['class="cl', 'class="diagram', '<table', '<pre', 'class="alert', 'class="footnotes', 'class="notice'];

/** All pages of a stage, and one of each kind in each language: what the theme calls them, with what stands on them. */
export async function kinds({ folder }) {
  const files = (await readdir(folder, { recursive: true })).filter(path => path.endsWith('.html')).sort();
  const pages = await Promise.all(files.map(async path => {
    const html = await readFile(join(folder, path), 'utf8');
    const [, name = path.split('/').at(-1)] = /<body class="page-([\w-]+)/.exec(html) || [];
    const kind = name === 'page' ? [name, ...PARTS.filter(part => html.includes(part))].join() : name;
    return { path: address(path), language: ['sv', 'fa', 'en'].find(language => path.startsWith(`${language}/`)) || '', kind, html };
  }));
  return { pages, few: pages.filter((page, n) => pages.findIndex(({ kind, language }) => kind === page.kind && language === page.language) === n) };
}

export async function stage(name, site, key, folder, portable, variants = {}) {
  const server = await serve(folder, Object.fromEntries(Object.entries(variants).map(([name, { folder }]) => [`/${name}`, folder])));
  after(() => server.close());
  const pages = await pagesOf(folder);
  const inVariants = await Promise.all(Object.entries(variants).map(async ([name, { folder, key }]) => {
    const found = (await pagesOf(folder)).guide(key);
    return [name, Object.fromEntries(Object.entries(found).map(([language, path]) => [language, `/${name}${path}`]))];
  }));
  return {
    name, site, key, folder, ...Object.fromEntries(inVariants),
    home: pages.kind('home'), guide: pages.guide(key), plan: pages.kind('plan'), section: pages.kind('section'), guideOf: pages.guide,
    at: path => server.origin + path,
    onDisk: path => `file://${portable}${path}`,
    keyOf: (item, kind = 'cl1', guide = key) => [kind, site, guide, item].map(encodeURIComponent).join(':'),
  };
}

const MOVE = 'flytt/första veckan';
export const fixture = await stage('small site', 'moving', MOVE, await build('small'), await build('portable', undefined, ['--portable']), {
  edited: { folder: await build('edited', edited), key: MOVE },
  renamed: { folder: await build('renamed', renamed), key: 'leaving' },
  many: { folder: await build('many', many), key: MOVE },
  other: { folder: await build('other', other), key: MOVE },
});
export const site = process.env.SITE
  && await stage('real site', 'marketing-guides', 'foundations/message-channel-receiver', process.env.SITE, process.env.PORTABLE || process.env.SITE);
/** Rows for which each of them has something that the other lacks. */
export const both = [fixture, site].filter(Boolean);
/** The common tests run on the real site where there is one; with STAGES=all on both. */
export const stages = site && process.env.STAGES !== 'all' ? [site] : both;
