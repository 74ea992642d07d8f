// A static host as readers meet it: a folder, its types, its 404 page, the strict headers that a site is published with.
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';

const TYPES = {
  '.html': 'text/html; charset=utf-8', '.css': 'text/css; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.json': 'application/json',
  '.svg': 'image/svg+xml', '.woff2': 'font/woff2', '.xml': 'application/xml', '.webmanifest': 'application/manifest+json', '.txt': 'text/plain; charset=utf-8',
};
export const CSP = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; "
  + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

/** The site's own policy where it ships `_headers`, without what needs https. */
async function policy(folder) {
  const headers = await readFile(join(folder, '_headers'), 'utf8').catch(() => '');
  const [, csp = CSP] = /Content-Security-Policy: *(.+)/i.exec(headers) || [];
  return csp.replace(/;? *upgrade-insecure-requests/, '');
}

/** Serves a folder at `/` and, the same, at `/sub/dir/` and `/guides/` (where the real site says that it lives); other folders on the same host at their prefixes. */
export async function serve(folder, mounts = {}) {
  const csp = await policy(folder);
  const find = path => {
    const [prefix, mounted] = Object.entries(mounts).find(([prefix]) => path.startsWith(`${prefix}/`)) || ['', folder];
    return join(mounted, path.slice(prefix.length));
  };
  const server = createServer(async (request, response) => {
    const headers = {
      'Content-Security-Policy': csp, 'X-Content-Type-Options': 'nosniff', 'Cache-Control': 'no-cache',
      'Cross-Origin-Opener-Policy': 'same-origin', 'Referrer-Policy': 'strict-origin-when-cross-origin',
    };
    try {
      let path = decodeURIComponent(new URL(request.url, 'http://x').pathname).replace(/^\/(sub\/dir|guides)(?=\/)/, '');
      if (path.split('/').includes('..')) throw new Error(path);
      if (path.endsWith('/')) path += 'index.html';
      const body = await readFile(find(path));
      response.writeHead(200, { ...headers, 'Content-Type': TYPES[extname(path)] || 'application/octet-stream' }).end(body);
    } catch {
      const body = await readFile(join(folder, '404.html')).catch(() => 'not found');
      response.writeHead(404, { ...headers, 'Content-Type': TYPES['.html'] }).end(body);
    }
  });
  await new Promise(done => server.listen(0, '127.0.0.1', done));
  return { origin: `http://127.0.0.1:${server.address().port}`, close: () => new Promise(done => { server.close(done); server.closeAllConnections(); }) };
}
