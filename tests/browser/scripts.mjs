// Makes the theme's small scripts of their sources: `npm run scripts`; with `--check` it only says whether they agree.
import { build } from 'esbuild';
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const theme = fileURLToPath(new URL('../../themes/default/', import.meta.url));

export const NAMES = ['main', 'checklist', 'search'];

/** The script as it is served: one classic script, ASCII only. */
export async function bundle(name) {
  const { outputFiles: [file] } = await build({
    entryPoints: [`${theme}scripts/${name}/index.js`],
    banner: { js: `// Made from themes/default/scripts/${name}` },
    bundle: true, minify: true, write: false, format: 'iife', target: 'es2022', charset: 'ascii',
  });
  return file.text;
}

export const served = name => `${theme}static/${name}.js`;

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const name of NAMES) {
    const code = await bundle(name);
    if (!process.argv.includes('--check')) await writeFile(served(name), code);
    else if (code !== await readFile(served(name), 'utf8')) throw new Error(`static/${name}.js is older than its sources: npm run scripts`);
  }
}
