// What is served of the scripts: made of their sources; the checklists are small, in no language, without a way to inject markup.
import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import { test } from 'node:test';
import { brotliCompressSync, constants } from 'node:zlib';
import { NAMES, bundle, served } from './scripts.mjs';

const sources = new URL('../../themes/default/scripts/checklist/', import.meta.url);
const script = await readFile(served('checklist'), 'utf8');

for (const name of NAMES) test(`the script ${name}.js that is served is the one its sources make`, async () => {
  assert.equal(await readFile(served(name), 'utf8'), await bundle(name), 'npm run scripts in tests/browser');
});

test('E-5 the checklists take at most 4 KB', t => {
  const size = brotliCompressSync(script, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length;
  t.diagnostic(`${script.length} bytes, ${size} compressed by brotli`);
  assert.ok(size <= 4096, `${size} bytes`);
});

test('E-18 no letter outside ASCII, no text of any language', async () => {
  assert.doesNotMatch(script, /[^\x00-\x7f]|\\u\{?[0-9a-f]{3}/i);
  for (const file of await readdir(sources)) {
    const code = (await readFile(new URL(file, sources), 'utf8')).replace(/^ *(\/\/|\/?\*).*$/gm, '');
    assert.doesNotMatch(code, /[^\x00-\x7f]/, file);
  }
});

test('E-11 nothing makes markup, code or requests of texts', () => {
  assert.doesNotMatch(script, /innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function|\bfetch\b|XMLHttpRequest|\bconfirm\(|\balert\(/);
});
