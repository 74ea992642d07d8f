// The ten minutes of a new author: init, write, break, mend, build; then the site as real servers send it, with the settings that the
// build wrote for them. RAHNAMA names the program; it needs the feature `compress`.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';

const binary = process.env.RAHNAMA || fileURLToPath(new URL('../../target/debug/rahnama', import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), 'rahnama-publish-'));
const project = join(scratch, 'our-guides');
const root = join(scratch, 'www');
const folder = join(root, 'guider');
const running = [];
after(() => {
  for (const server of running) server.kill('SIGKILL');
  rmSync(scratch, { recursive: true, force: true });
});

const rahnama = (...args) => {
  const { status, stdout, stderr } = spawnSync(binary, args, { encoding: 'utf8' });
  return { status, said: stdout + stderr };
};
const file = path => join(project, path);
const edit = (path, change) => writeFileSync(file(path), change(readFileSync(file(path), 'utf8')));

test('a new author begins, writes, errs, understands and builds', () => {
  assert.equal(rahnama('init', project, '--languages', 'sv,fa').status, 0);
  edit('site.toml', text => text.replace('base_url = ""', 'base_url = "http://localhost/guider/"')
    + '\n[output]\nheaders = ["nginx", "caddy"]\ncompress = true\nprefetch = true\n');
  assert.equal(rahnama('new', 'guides/mål', '--lang', 'sv', '-C', project).status, 0);
  const path = readdirSync(file('content/sv/guides')).find(name => name.startsWith('mål'));
  const guide = `content/sv/guides/${path}`;
  writeFileSync(file(guide), `+++
title = "Mål som styr"
date = 2026-11-21
aliases = ["/sv/gamla mål/"]
+++

Se [den första guiden](frist-guide.md).

${'Ett mål säger vad som ska vara annorlunda när arbetet är klart. '.repeat(30)}

- [ ] Målet går att mäta <!-- #measure -->
`);
  const broken = rahnama('build', '-C', project, '-o', folder, '--format', 'short');
  assert.equal(broken.status, 1);
  assert.match(broken.said, new RegExp(`${guide}:7:4: error\\[LNK001\\]`));
  assert.match(broken.said, /did you mean `first-guide\.md`\?/);
  assert.ok(!existsSync(folder), 'a site with errors is not published');

  edit(guide, text => text.replace('frist-guide.md', 'first-guide.md'));
  assert.equal(rahnama('new', 'guides/mål', '--lang', 'fa', '--from', 'sv', '-C', project).status, 0);
  const persian = `content/fa/guides/${path}`;
  writeFileSync(file(persian), readFileSync(file(persian), 'utf8').replace(/\+\+\+[^]*?\+\+\+/, `+++
title = "هدف‌هایی که راه نشان می‌دهند"
slug = "هدف-ها"
date = 2026-11-21
+++`));
  mkdirSync(root, { recursive: true });
  const mended = rahnama('build', '-C', project, '-o', folder);
  if (/FEA001/.test(mended.said)) return;
  assert.equal(mended.status, 0, mended.said);
});

const free = () => new Promise(done => {
  const probe = createServer().listen(0, '127.0.0.1', () => { const { port } = probe.address(); probe.close(() => done(port)); });
});

/** One request as it is written: nothing decodes or tidies the path. */
const ask = (port, path, headers = {}) => new Promise((done, failed) => {
  const sent = request({ host: '127.0.0.1', port, path, headers: { Host: 'localhost', ...headers } }, answer => {
    const parts = [];
    answer.on('data', part => parts.push(part)).on('end', () => done({ status: answer.statusCode, headers: answer.headers, body: Buffer.concat(parts) }));
  });
  sent.on('error', failed).end();
});

async function answers(port, log) {
  for (let tries = 0; tries < 100; tries++) {
    try { return await ask(port, '/guider/'); } catch { await new Promise(done => setTimeout(done, 100)); }
  }
  throw new Error(`no answer: ${existsSync(log) ? readFileSync(log, 'utf8') : ''}`);
}

const SERVERS = {
  nginx: {
    encodings: ['gzip'],
    start(port, home) {
      const conf = join(home, 'nginx.conf');
      const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(kind => `${kind}_temp_path ${home}/${kind};`).join('\n');
      writeFileSync(conf, `daemon off;\nmaster_process off;\npid ${home}/pid;\nerror_log ${home}/log;\nevents {}\nhttp {\ninclude /etc/nginx/mime.types;\naccess_log off;\n${temporary}\n`
        + `server {\nlisten 127.0.0.1:${port};\nroot ${root};\ninclude ${folder}/_server/nginx.conf;\n}\n}\n`);
      const said = spawnSync('nginx', ['-p', home, '-c', conf, '-t'], { encoding: 'utf8' }).stderr;
      assert.doesNotMatch(said, /\[(warn|error|emerg)\]/, 'nginx has nothing to say of what was written for it');
      return spawn('nginx', ['-p', home, '-c', conf], { stdio: 'ignore' });
    },
  },
  caddy: {
    encodings: ['br', 'gzip'],
    start(port, home) {
      const conf = join(home, 'Caddyfile');
      writeFileSync(conf, `{\n\tadmin off\n\tauto_https off\n}\nhttp://localhost:${port}, http://127.0.0.1:${port}, :${port} {\n\troot * ${root}\n\timport ${folder}/_server/Caddyfile\n}\n`);
      return spawn('caddy', ['run', '--config', conf, '--adapter', 'caddyfile'], { stdio: 'ignore', env: { ...process.env, HOME: home, XDG_DATA_HOME: home, XDG_CONFIG_HOME: home } });
    },
  },
};

const FOR_EVER = 'public, max-age=31536000, immutable';
/** The address of a page by its title, so that slugs may change. */
const addressOf = title => {
  const isPage = text => text.includes(`<title>${title}`) && !text.includes('http-equiv="refresh"');
  const found = readdirSync(folder, { recursive: true }).find(path => path.endsWith('index.html') && isPage(readFileSync(join(folder, path), 'utf8')));
  return found && '/guider/' + found.replace(/index\.html$/, '').split('/').map(encodeURIComponent).join('/');
};
const asset = ending => `/guider/assets/${readdirSync(join(folder, 'assets')).find(name => name.endsWith(ending))}`;

for (const [name, server] of Object.entries(SERVERS)) {
  test(`${name} serves the site with the headers that were written for it`, async t => {
    const absent = [name].filter(name => spawnSync('sh', ['-c', `command -v ${name}`]).status !== 0);
    const why = absent.length ? `${absent} is not installed` : !existsSync(folder) && 'the program was built without the feature compress';
    if (why) {
      console.log(`SKIPPED ${t.name}: ${why}`);
      if (process.env.CI === 'true') assert.fail(`skipped: ${why}`);
      return t.skip(why);
    }
    const home = mkdtempSync(join(scratch, `${name}-`));
    const port = await free();
    running.push(server.start(port, home));
    await answers(port, join(home, 'log'));

    const html = { 'content-type': /^text\/html; ?charset=utf-8$/i, 'cache-control': /^no-cache$/ };
    const swedish = addressOf('Mål som styr');
    const page = addressOf('هدف‌هایی');
    // Address, status, headers, what stands in the body.
    const table = [
      ['/guider/', 200, html, /lang="fa"/],
      ['/guider/sv/', 200, html, /<html lang="sv" dir="ltr"/],
      [page, 200, html, /هدف‌هایی که راه نشان می‌دهند/],
      [swedish.slice(0, -1), [301, 308], { location: decodeURI(swedish) }],
      ['/guider/sv/nowhere/', 404, { 'content-type': html['content-type'] }, /lang="fa"[^]*lang="sv"|lang="sv"[^]*lang="fa"/],
      [asset('.css'), 200, { 'content-type': /^text\/css/, 'cache-control': FOR_EVER }],
      [asset('.js'), 200, { 'content-type': /^text\/javascript/, 'cache-control': FOR_EVER }],
      [asset('.woff2'), 200, { 'content-type': /^font\/woff2/, 'cache-control': FOR_EVER }],
      [asset('.speculationrules'), 200, { 'content-type': /^application\/speculationrules\+json/ }, /"prefetch"/],
      ['/guider/sv/manifest.webmanifest', 200, { 'content-type': /^application\/manifest\+json/ }],
      ['/guider/sv/feed.atom', 200, { 'content-type': /^application\/atom\+xml/ }],
      ['/guider/sitemap.xml', 200, { 'content-type': /^(application|text)\/xml/ }, /hreflang="x-default"/],
      [`${swedish}index.md`, 200, { 'content-type': /^text\/markdown/ }, /^# Mål som styr/],
      [`/guider/sv/${encodeURIComponent('gamla mål')}/`, 301, { location: decodeURI(swedish) }],
      ['/guider/..%2f..%2f..%2f..%2fetc%2fpasswd', [400, 404], {}],
      ['/guider/%2e%2e/%2e%2e/etc/passwd', [400, 404], {}],
      ['/guider/_server/nginx.conf', 404, {}],
      ['/guider/index.html%00.css', [400, 404, 500], {}],
    ];
    for (const [path, status, headers, body] of table) {
      const answer = await ask(port, path);
      assert.ok([status].flat().includes(answer.status), `${path}: ${answer.status}`);
      for (const [header, wanted] of Object.entries(headers)) {
        // Servers write escapes and hosts in their own ways; readers get to the same place.
        const value = header === 'location' ? decodeURI(new URL(answer.headers.location ?? '', 'http://localhost').pathname) : answer.headers[header] ?? '';
        assert.ok(wanted instanceof RegExp ? wanted.test(value) : wanted === value, `${path}: ${header}: ${value}`);
      }
      assert.ok(!answer.body.includes('root:x:'), path);
      if (body) assert.match(answer.body.toString(), body, path);
      if (answer.status === 200 || answer.status === 404) {
        assert.match(answer.headers['content-security-policy'] ?? '', /^default-src 'none'; script-src 'self'; .*frame-ancestors 'none'; .*trusted-types 'none'$/, path);
        for (const [header, wanted] of [['x-content-type-options', 'nosniff'], ['referrer-policy', 'strict-origin-when-cross-origin'], ['cross-origin-opener-policy', 'same-origin'],
          ['cross-origin-resource-policy', 'same-origin'], ['integrity-policy', 'blocked-destinations=(script style)']]) {
          assert.equal(answer.headers[header], wanted, `${path}: ${header}`);
        }
        assert.match(answer.headers['permissions-policy'], /geolocation=\(\)/);
        assert.match(answer.headers['speculation-rules'] ?? '', /^"\/guider\/assets\/prefetch\..*\.speculationrules"$/);
      }
    }

    // Compressed variants: the same bytes, told apart by caches.
    const local = decodeURIComponent(swedish).replace('/guider/', '');
    for (const path of [swedish, asset('.css')]) {
      const plain = await ask(port, path, { 'Accept-Encoding': 'identity' });
      const bytes = readFileSync(path === swedish ? join(folder, local, 'index.html') : join(root, path));
      assert.deepEqual(plain.body, bytes);
      const tags = new Set([plain.headers.etag]);
      for (const encoding of server.encodings) {
        const answer = await ask(port, path, { 'Accept-Encoding': encoding });
        assert.equal(answer.headers['content-encoding'], encoding, path);
        assert.match(answer.headers.vary ?? '', /accept-encoding/i, path);
        assert.deepEqual((encoding === 'br' ? brotliDecompressSync : gunzipSync)(answer.body), bytes, path);
        tags.add(answer.headers.etag);
        const again = await ask(port, path, { 'Accept-Encoding': encoding, 'If-None-Match': answer.headers.etag });
        assert.equal(again.status, 304, `${path} ${encoding}`);
      }
      assert.equal(tags.size, 1 + server.encodings.length, `${path}: each encoding has a tag of its own`);
    }
  });
}
