// The query half of themes/default/static/search.js, run without any page.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import vm from 'node:vm';
import { fileURLToPath } from 'node:url';

export const script = fileURLToPath(new URL('../../themes/default/static/search.js', import.meta.url));

/** The script's own door in a context of its own. */
export function core() {
  const context = vm.createContext({});
  vm.runInContext(readFileSync(script, 'utf8'), context, { filename: 'search.js' });
  return context.RahnamaSearch;
}

/** Reads files of an index below `site/search`; `read` collects what was asked for. */
export function reader(site, read = new Map()) {
  return async name => {
    const text = readFileSync(join(site, 'search', `${name}.js`), 'utf8');
    read.set(name, text);
    return JSON.parse(text.slice(text.indexOf('(') + 1, text.lastIndexOf(')')));
  };
}

/** What is shown of the pages for a query, best first. */
export async function shows(engine, query, most = 1000) {
  const { results, forms, partial } = await engine.query(query);
  const shown = await Promise.all(results.slice(0, most).map(result => engine.show(result, forms)));
  shown.partial = partial;
  return shown;
}

/** The text of pieces. */
export const plain = pieces => pieces.map(([text]) => text).join('');

/** The words that are marked in what is shown of a page. */
export const marks = ({ title, places }) =>
  [title, ...places.flatMap(({ heading, text }) => [heading, text])].flat().filter(([, marked]) => marked).map(([text]) => text);

/** Titles of the pages for a query, best first. */
export async function titles(engine, query, most) {
  const shown = await shows(engine, query, most);
  const found = shown.map(({ title }) => plain(title));
  found.partial = shown.partial;
  return found;
}
