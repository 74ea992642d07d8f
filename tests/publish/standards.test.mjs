// What a build writes for other programs, as validators that others keep see it: Atom and the sitemap (RELAX NG, by the Jing inside the
// HTML checker), JSON Feed, JSON-LD, and the schemas that editors complete with (JSON Schema, by Ajv). RAHNAMA names the program.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const require = createRequire(new URL('../browser/package.json', import.meta.url));
const here = path => fileURLToPath(new URL(path, import.meta.url));
const binary = process.env.RAHNAMA || here('../../target/debug/rahnama');
const repository = here('../..');
const scratch = mkdtempSync(join(tmpdir(), 'rahnama-standards-'));
after(() => rmSync(scratch, { recursive: true, force: true }));

const LANGUAGES = ['sv', 'fa', 'en'];
const read = (...path) => readFileSync(join(...path), 'utf8');
const paths = (folder, ending) => readdirSync(folder, { recursive: true }).filter(path => path.endsWith(ending)).sort();

function rahnama(...args) {
  const { status, stdout, stderr } = spawnSync(binary, args, { encoding: 'utf8', maxBuffer: 1 << 26 });
  return { status, stdout, said: stdout + stderr };
}
function built(project, name) {
  const folder = join(scratch, name);
  const { status, said } = rahnama('build', '-C', project, '-o', folder, '--base-url', 'https://example.org/guides/');
  assert.equal(status, 0, said);
  return folder;
}

/** The browser tests' small site, with dates, people, tags and names that no format takes as they are. */
function hostile() {
  const project = join(scratch, 'hostile-source');
  cpSync(here('../browser/site'), project, { recursive: true });
  const settings = join(project, 'site.toml');
  writeFileSync(settings, read(settings).replace('[title]', 'description = { sv = "a < b & \\"c\\"", fa = "KPI و ]]>" }\n[title]'));
  for (const path of paths(join(project, 'content'), '.md').filter(path => /pengar|veckan/.test(path))) {
    const file = join(project, 'content', path);
    writeFileSync(file, read(file).replace('+++\n', '+++\ndate = 2026-02-28\nupdated = 2026-03-01\nauthors = ["Åsa & <Reza>", "KPI"]\ntags = ["a & b"]\ndescription = "KPI <b>&amp;</b> ]]> \\u0007 «ج»"\n'));
  }
  return built(project, 'hostile');
}
const sites = { 'the real site': built(repository, 'real'), 'a site of hostile names': hostile() };

/** What Jing says of files. */
function jing(schema, files) {
  const jar = require.resolve('vnu-jar/build/dist/vnu.jar');
  const { stdout, stderr, error } = spawnSync('java', ['-cp', jar, 'nu.validator.vendor.thaiopensource.relaxng.util.Driver', '-c', here(`../data/${schema}.rnc`), ...files], { encoding: 'utf8' });
  return { missing: error?.code === 'ENOENT', said: `${stdout}${stderr}` };
}
const validator = schema => {
  const Ajv = require('ajv/dist/2020.js').default;
  const ajv = require('ajv-formats').default(new Ajv({ strict: true, allErrors: true }));
  const validate = ajv.compile(schema);
  return value => validate(value) ? [] : validate.errors.map(({ instancePath, message }) => `${instancePath} ${message}`);
};

/** XML that Jing takes, and the same broken in ways that it must refuse: a validator that says yes to all would be none. What is no XML
    at all stands last, where Jing stops. */
for (const [schema, name, wrong] of [
  ['atom', 'feed.atom', [
    [/<updated>[^<]*<\/updated>/, ''],
    [/<updated>[^<]*/, '<updated>2026-02-30T00:00:00Z'],
    [/<updated>[^<]*/, '<updated>2026-02-03'],
    [/<id>https:/, '<id>'],
    [/<title>[^<]*<\/title>/, '$&$&'],
    [/<name>([^<]*)<\/name>/, '<nickname>$1</nickname>'],
    ['rel="self"', 'rel="me"'],
    ['</feed>', '<date>2026-02-03</date></feed>'],
    ['<summary>', '<summary>&'],
  ]],
  ['sitemap', 'sitemap.xml', [
    ['<loc>https://example.org', '<loc>'],
    ['<loc>', '<loc>https://example.org/å'],
    [/<lastmod>[^<]*/, '<lastmod>yesterday'],
    ['hreflang="sv"', 'hreflang="sv_SE"'],
    ['rel="alternate"', 'rel="canonical"'],
    ['</urlset>', ''],
  ]],
]) {
  test(`Jing accepts every ${name}, and refuses ${wrong.length} broken ones`, t => {
    const files = Object.values(sites).flatMap(folder => paths(folder, name).map(path => join(folder, path)));
    assert.equal(files.length, Object.keys(sites).length * (name === 'feed.atom' ? LANGUAGES.length : 1));
    const broken = wrong.map(([from, to], number) => {
      const text = read(files[0]);
      assert.notEqual(text.replace(from, to), text, `${from} is there to be broken`);
      const file = join(scratch, `${number}-${name}`);
      writeFileSync(file, text.replace(from, to));
      return file;
    });
    const { missing, said } = jing(schema, [...files, ...broken]);
    if (missing) {
      console.log(`SKIPPED ${t.name}: java is not installed`);
      if (process.env.CI === 'true') assert.fail('skipped: java is not installed');
      return t.skip('java is not installed');
    }
    for (const file of files) assert.ok(!said.includes(file), said);
    for (const [number, file] of broken.entries()) assert.ok(said.includes(`${file}:`), `refused: ${wrong[number]}\n${said}`);
  });
}

test('Ajv accepts every feed.json by the schema of JSON Feed 1.1, and refuses broken ones', () => {
  const problems = validator(JSON.parse(read(here('../data/json-feed.schema.json'))));
  for (const folder of Object.values(sites)) {
    for (const language of LANGUAGES) {
      const feed = JSON.parse(read(folder, language, 'feed.json'));
      assert.deepEqual(problems(feed), []);
      assert.equal(feed.language, language);
      assert.ok(feed.items.length > 0);
      assert.equal(new Set(feed.items.map(({ id }) => id)).size, feed.items.length, 'every id is one item');
    }
  }
  const feed = () => JSON.parse(read(sites['the real site'], 'sv/feed.json'));
  for (const change of [
    feed => { feed.version = '1.1'; },
    feed => { delete feed.title; },
    feed => { feed.author = {}; },
    feed => { feed.items[0].id = 1; },
    feed => { delete feed.items[0].content_text; },
    feed => { feed.items[0].date_published = '2026-02-30T00:00:00Z'; },
    feed => { feed.items[0].url = 'sv/x/'; },
    feed => { feed.items[0].tags = 'a'; },
  ]) {
    const broken = feed();
    change(broken);
    assert.notDeepEqual(problems(broken), [], `${change}`);
  }
});

test('the JSON-LD of every page can be parsed, in its language, and leads to pages of the site', () => {
  for (const folder of Object.values(sites)) {
    let count = 0;
    for (const path of paths(folder, '.html')) {
      const html = read(folder, path);
      for (const [, script] of html.matchAll(/<script type="application\/ld\+json">([^]*?)<\/script>/g)) {
        const json = JSON.parse(script);
        assert.equal(json['@context'], 'https://schema.org', path);
        for (const thing of json['@graph'].filter(thing => thing.inLanguage)) assert.equal(thing.inLanguage, /<html lang="([^"]+)/.exec(html)[1], path);
        for (const [, address] of script.matchAll(/"(?:url|item)": ?"([^"]+)"/g)) {
          const file = decodeURI(address.replace('https://example.org/guides/', ''));
          assert.ok(existsSync(join(folder, file, 'index.html')), `${path} leads to ${address}`);
        }
        count++;
      }
    }
    assert.ok(count > 8, `${count}`);
  }
});

/** What the readers of settings must refuse, whatever schema or program reads them: a file of the schema's kind each. */
const BROKEN = {
  site: [
    '', 'languages = "en"', 'languages = [1]', 'langauges = ["en"]', 'languages = ["en"]\ntags = "yes"', 'languages = ["en"]\nfallback = "none"', 'languages = ["en"]\ntitle = "x"',
    'languages = ["en"]\n[output]\nfeed = true', 'languages = ["en"]\n[output]\nheaders = ["iis"]', 'languages = ["en"]\n[security.csp_extra]\nscript = []',
    'languages = ["en"]\n[markdown]\nhtml = "on"', 'languages = ["en"]\nbase_url = 3', 'id = "My guides"\nlanguages = ["en"]',
  ],
  'front-matter': [
    'weight = "1"', 'draft = 1', 'tags = "a"', 'titel = "x"', 'calendar = "julian"', 'steps = [{}]', 'steps = [{ guide = "a", hours = 1 }]', 'lint = { ignored = [] }', 'title = 3', 'aliases = "/x/"',
  ],
  glossary: ['[kpi]\nterm = "KPI"', '[kpi]\nterm = "KPI"\ndefinition = "x"\nalso = "y"', '[kpi]\nterm = 1\ndefinition = "x"'],
  tags: ['[basics]\nslug = "x"', '[basics]\nname = "B"\ncolour = "red"'],
};
const COUNT = Object.values(BROKEN).flat().length;

test(`the schemas accept this site and a new one; they refuse ${COUNT} broken files, and so does the program`, async () => {
  const { parse } = require('smol-toml');
  const value = text => JSON.parse(JSON.stringify(parse(text)));
  const schemas = Object.fromEntries(Object.keys(BROKEN).map(name => [name, validator(JSON.parse(rahnama('schema', name).stdout))]));
  const fresh = join(scratch, 'fresh');
  assert.equal(rahnama('init', fresh).status, 0);
  for (const project of [repository, fresh]) {
    assert.deepEqual(schemas.site(value(read(project, 'site.toml'))), []);
    for (const path of readdirSync(join(project, 'content'), { recursive: true })) {
      const name = /(glossary|tags)\.toml$/.exec(path)?.[1];
      if (name) assert.deepEqual(schemas[name](value(read(project, 'content', path))), [], path);
      const [, matter] = path.endsWith('.md') && /^\+\+\+\n([^]*?\n)\+\+\+\n/.exec(read(project, 'content', path)) || [];
      if (matter) assert.deepEqual(schemas['front-matter'](value(matter)), [], path);
    }
  }
  for (const [name, texts] of Object.entries(BROKEN)) {
    for (const [number, text] of texts.entries()) {
      assert.notDeepEqual(schemas[name](value(text)), [], `${name}: ${text}`);
      const project = join(scratch, `${name}-${number}`);
      const files = {
        'site.toml': 'languages = ["en"]\n', 'content/en/index.md': '# Home\n',
        [{ site: 'site.toml', 'front-matter': 'content/en/a.md' }[name] ?? `content/en/${name}.toml`]: name === 'front-matter' ? `+++\n${text}\n+++\n# A\n` : text,
      };
      for (const [path, text] of Object.entries(files)) {
        mkdirSync(dirname(join(project, path)), { recursive: true });
        writeFileSync(join(project, path), text);
      }
      const { status, said } = rahnama('check', '--format', 'short', '-C', project);
      assert.equal(status, 1, `${name}: ${text}: ${said}`);
      assert.match(said, /error\[CFG00\d\]/, text);
    }
  }
});
