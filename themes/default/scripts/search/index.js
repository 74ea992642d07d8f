// Search without a server, loaded when the field is first used.
// `npm run scripts` in tests/browser makes ../../static/search.js of these files.

import { start } from './box.js';
import { open } from './engine.js';
import { language } from './words.js';
import './files.js';

globalThis.RahnamaSearch = { open, language };
if (globalThis.document) {
  const box = document.querySelector('[data-search]');
  const input = box?.querySelector('input');
  if (input) start(box, input);
}
