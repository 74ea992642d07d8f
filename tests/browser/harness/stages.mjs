// Where the tests run: a small site of our own (`site/`), the real one (`SITE=folder`, `PORTABLE=folder` for its build that opens from
// disk), and the real one with a section of the small one more (`rich`). All are built by the release binary.
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
const repository = fileURLToPath(new URL('../../../', import.meta.url));
const binary = process.env.RAHNAMA || join(repository, 'target/release/rahnama');
if (!existsSync(binary)) throw new Error('no release binary: cargo build --release');

const scratch = await mkdtemp(join(tmpdir(), 'rahnama-browser-'));
after(() => rm(scratch, { recursive: true, force: true }));

const HOSTED = ['--base-url', 'https://moving.example/'];
export const SMALL = source => cp(project, source, { recursive: true });
/** The site of this repository, and in it what none of its guides has: lists in lists, items that are optional, ticked or linked, names with accents. */
const REAL = async source => {
  for (const part of ['content', 'site.toml']) await cp(join(repository, part), join(source, part), { recursive: true });
  for (const language of ['sv', 'fa', 'en']) await cp(join(project, 'content', language, 'flytt'), join(source, 'content', language, 'flytt'), { recursive: true });
};

/** Builds the small site or another, after `change(path, text)` has had its way with each file. */
export async function build(name, change = (_, text) => text, flags = HOSTED, fill = SMALL) {
  const source = join(scratch, `${name}-source`);
  const folder = join(scratch, name);
  await fill(source);
  for (const path of (await readdir(source, { recursive: true })).filter(path => /\.(md|toml)$/.test(path))) {
    await writeFile(join(source, path), change(path, await readFile(join(source, path), 'utf8')));
  }
  // The theme as it stands in the working tree, not as it was when the binary was built.
  await cp(join(repository, 'themes/default'), join(source, 'themes/default'), { recursive: true });
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
/** Ten lists, three deep, of random trees whose leaves are now and then optional or ticked; the same in all languages. */
const trees = guide(text => {
  let seed = 7;
  const random = below => { seed = (seed * 1103515245 + 12345) % 2147483648; return Math.floor(seed / 65536) % below; };
  const branch = (depth, name) => {
    const parts = depth < 3 && !random(3) ? Array.from({ length: 1 + random(4) }, (_, n) => branch(depth + 1, `${name}-${n}`)).join('') : '';
    return `${'  '.repeat(depth)}- [${parts || random(6) ? ' ' : 'x'}] ${name} <!-- #${name}${parts || random(5) ? '' : ' optional'} -->\n${parts}`;
  };
  const lists = Array.from({ length: 10 }, (_, n) => `## ${n} {#tree-${n}}\n\n${Array.from({ length: 1 + random(5) }, (_, m) => branch(0, `t${n}-${m}`)).join('')}\n`);
  return text.replace(/\n## [^]*/, `\n${lists.join('')}`);
});
const other = (path, text) => path === 'site.toml' ? text.replace(/^id = .*$/m, 'id = "other"') : text;

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
export const fixture = await stage('small site', 'moving', MOVE, await build('small'), await build('portable', undefined, ['--portable']));
export const site = process.env.SITE
  && await stage('real site', 'marketing-guides', 'foundations/message-channel-receiver', process.env.SITE, process.env.PORTABLE || process.env.SITE);
/** The common tests run on the real site where there is one; with STAGES=all on both. */
export const stages = !site ? [fixture] : process.env.STAGES === 'all' ? [fixture, site] : [site];

const VARIANTS = { edited: [edited, MOVE], renamed: [renamed, 'leaving'], many: [many, MOVE], trees: [trees, MOVE], other: [other, MOVE] };

/** Sites with everything a checklist can have, each with `variants` of its guide on the same host: the real site with a section more, or else the small one. */
export async function rich(variants = VARIANTS) {
  return Promise.all(stages.map(async ({ name, site }) => {
    const make = (variant, change, flags) => build(`${site}-${variant}`, change, flags, site === 'moving' ? SMALL : REAL);
    const folders = await Promise.all(Object.entries(variants).map(async ([variant, [change, key]]) => [variant, { folder: await make(variant, change), key }]));
    return stage(`${name} with lists in lists`, site, MOVE, await make('rich'), await make('rich-portable', undefined, ['--portable']), Object.fromEntries(folders));
  }));
}
