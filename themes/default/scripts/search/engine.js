// The query. It knows no page, so that node can run it; what a language is like stands in the tables of its index.
import { language } from './words.js';

const TIER = { exact: 1, folded: .95, joined: .9, hamza: .85, part: .8, name: .7, stem: .6, half: .5, prefix: .45, skeleton: .3 };
// What an entry of the glossary weighs under its names and under their stems.
const [NAME, STEMS] = [35, 34];
// So many pages are listed though some lack a word.
const MOST = 30;
const STAND = { "-": TIER.part, "+": TIER.half };

const postings = text => {
  const out = [];
  let page = 0;
  for (const group of text.split(",")) {
    const [step, places] = group.split(":");
    page += parseInt(step, 36);
    if (places) for (const place of places.split(".")) out.push([page, parseInt(place.slice(0, -1) || 0, 36), parseInt(place.slice(-1), 36)]);
  }
  return out;
};

// A shard as the query wants it: forms by what they are looked for as.
const unpack = (data, own) => {
  const shard = { terms: new Map(), forms: new Map(), bare: new Map(), skeletons: null, names: data.n, aliases: new Map(data.a) };
  const put = (map, name, form) => { if (map.has(name)) map.get(name).push(form); else map.set(name, [form]); };
  for (const [term, frequency, ...rest] of data.t) {
    const entry = { term, common: frequency < 0, pages: Math.abs(frequency), forms: [] };
    shard.terms.set(term, entry);
    for (let i = 0; i < rest.length; i += 2) {
      const stand = STAND[rest[i][0]] || 1;
      const [joined, surface] = (stand < 1 ? rest[i].slice(1) : rest[i]).split("|");
      const form = { entry, stand, joined, surface, places: rest[i + 1] };
      entry.forms.push(form);
      if (stand === TIER.half) continue;
      put(shard.forms, joined, form);
      if (surface) {
        const bare = own.bare(surface);
        if (bare !== joined) put(shard.bare, bare, form);
      }
    }
  }
  return shard;
};

const distance = (a, b, most) => {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let row = [...b, 0].map((_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    let above = row[0];
    row[0] = i;
    for (let j = 1; j <= b.length; j++) {
      const cost = Math.min(row[j] + 1, row[j - 1] + 1, above + (a[i - 1] !== b[j - 1]));
      above = row[j];
      row[j] = cost;
    }
  }
  return row[b.length];
};

// What has been made once is not made again, unless it failed.
export const remembered = make => {
  const known = new Map();
  return name => {
    if (!known.has(name)) known.set(name, make(name).catch(error => { known.delete(name); throw error; }));
    return known.get(name);
  };
};

/** An index. `load(name)` gives the data of a file such as `sv/index`. */
export const open = async (load, tag) => {
  const index = await load(`${tag}/index`);
  const { tables } = index;
  const own = language(tables);
  const stop = new Set(tables.stop);
  const count = index.lengths.length;
  const lengths = [...index.lengths].map(digit => parseInt(digit, 36));
  const mean = lengths.reduce((sum, n) => sum + n, 0) / (count || 1);
  const get = remembered(async name => unpack(await load(`${tag}/w-${name}`), own));
  // The last one that begins before the word, or with it.
  const shardOf = async word => {
    const key = own.skeleton(word);
    const file = index.shards.filter(([begin]) => begin <= key).pop();
    if (key && file) return get(file[1]);
  };
  const entryOf = async term => (await shardOf(term))?.terms.get(term);
  // The term of a form that the site has.
  const known = async word => {
    const shard = await shardOf(word);
    if (!shard) return;
    const form = shard.forms.get(word)?.[0] ?? shard.bare.get(word)?.[0];
    return form?.entry ?? (shard.aliases.has(word) ? entryOf(shard.aliases.get(word)) : shard.terms.get(word));
  };
  // Longest beginning first, so that the nearest relative is found.
  const endings = tables.suffixes.map(rule => rule.split(">")).sort((a, b) => a[0].length - b[0].length);
  const stripped = async (word, depth = 0) => {
    if (Object.hasOwn(tables.irregular, word)) return entryOf(tables.irregular[word]);
    for (const [ending, instead = ""] of endings) {
      const rest = word.length - ending.length;
      if (rest < (word > "\u0590" && ending.length > 1 ? 2 : 3) || !word.endsWith(ending)) continue;
      const base = word.slice(0, rest) + instead;
      const shard = await shardOf(base);
      const found = shard && (shard.terms.get(base) ?? shard.forms.get(base)?.[0].entry) || (tables.irregular[base] && await entryOf(tables.irregular[base]));
      if (found) return found;
    }
    for (const prefix of tables.prefixes) {
      if (depth < 1 && word.startsWith(prefix) && word.length > prefix.length + 1) {
        const rest = word.slice(prefix.length);
        const found = await known(rest) ?? await stripped(rest, 1);
        if (found) return found;
      }
    }
  };
  const tierOf = (token, form) => {
    const surface = form.surface ?? form.joined;
    if (surface === token.surface) return TIER.exact;
    return [token.surface, surface].every(text => text === own.plain(text)) ? TIER.folded : TIER.joined;
  };

  // All forms that one word of the query means, each with its tier.
  const lookup = async (token, last) => {
    const tiers = new Map();
    const put = (form, tier) => { if (!(tiers.get(form) >= tier)) tiers.set(form, Math.min(tier, form.stand)); };
    const shard = await shardOf(token.joined);
    const bare = own.bare(token.surface);
    const beside = bare === token.joined ? shard : await shardOf(bare);
    for (const form of shard?.forms.get(token.joined) ?? []) put(form, tierOf(token, form));
    // Where the site writes the word as it was typed, one that never had a hamza is another: سئو is not سو.
    const plain = tiers.size && bare !== token.joined ? undefined : beside;
    for (const form of [...shard?.bare.get(token.joined) ?? [], ...plain?.forms.get(bare) ?? [], ...beside?.bare.get(bare) ?? []]) put(form, TIER.hamza);
    const terms = new Set([...tiers.keys()].map(form => form.entry));
    for (const [from, word] of [[shard, token.joined], [plain, bare]]) {
      const entry = from?.aliases.has(word) ? await entryOf(from.aliases.get(word)) : from?.terms.get(word);
      if (!entry) continue;
      terms.add(entry);
      for (const form of entry.forms) if (form.joined === word && form.stand > TIER.half) put(form, tierOf(token, form));
    }
    if (!terms.size) {
      const entry = await stripped(token.joined);
      if (entry) terms.add(entry);
    }
    for (const entry of terms) for (const form of entry.forms) put(form, TIER.stem);
    const whole = terms.size > 0;
    if (last && [...token.joined].length > 1) {
      const start = own.skeleton(token.joined);
      const more = index.shards.filter(([begin]) => begin.startsWith(start)).slice(0, 4);
      for (const one of [shard, ...await Promise.all(more.map(([, name]) => get(name)))]) {
        if (one) for (const [joined, forms] of one.forms) if (joined.startsWith(token.joined)) for (const form of forms) put(form, TIER.prefix);
      }
    }
    if (!whole && shard) {
      const wanted = own.skeleton(token.joined);
      shard.skeletons ??= [...shard.forms.values()].flat().map(form => [own.skeleton(form.joined), form]);
      for (const [skeleton, form] of shard.skeletons) {
        if (skeleton === wanted) for (const other of form.entry.forms) put(other, TIER.skeleton);
        else if (last && !tiers.size && wanted.length > 2 && skeleton.startsWith(wanted)) put(form, TIER.skeleton);
      }
    }
    return { tiers, whole, term: [...terms][0]?.term ?? token.joined, pages: Math.max(0, ...[...terms].map(entry => entry.pages)), common: whole && [...terms].every(entry => entry.common) };
  };

  // What forms say of pages: page → { score, sections }.
  const weigh = (tiers, frequency) => {
    const pages = new Map();
    const forms = new Set();
    for (const [form, tier] of tiers) {
      forms.add(form.joined);
      form.hits ??= postings(form.places);
      for (const [page, section, weight] of form.hits) hit(pages, page, section, tier, weight);
    }
    return rated(pages, forms, frequency);
  };
  // A word tells the more, the fewer pages have it.
  const rated = (pages, forms, frequency = pages.size) => {
    for (const found of pages.values()) found.rare = .2 + Math.log(1 + (count - frequency + .5) / (frequency + .5));
    return { pages, forms };
  };
  const hit = (pages, page, section, tier, weight) => {
    let found = pages.get(page);
    if (!found) pages.set(page, found = { tier: 0, sum: 0, sections: new Map() });
    // Only titles and names of terms weigh six.
    if (weight > 5 && !section) found.title = Math.max(found.title || 0, tier);
    found.tier = Math.max(found.tier, tier);
    // A heading, or several times in one section.
    found.much ||= weight > 2;
    found.sum += weight * tier;
    const place = found.sections.get(section);
    found.sections.set(section, { tier: Math.max(tier, place?.tier ?? 0), sum: weight * tier + (place?.sum ?? 0) });
  };
  const scoreOf = (found, page) => {
    const sum = found.sum / found.tier;
    return (found.tier + (found.title || 0)) * found.rare * sum / (sum + 1.5 + lengths[page] / mean);
  };
  const join = (into, from) => {
    for (const form of from.forms) into.forms.add(form);
    for (const [page, found] of from.pages) {
      const before = into.pages.get(page);
      const [worse, better] = before && scoreOf(before, page) >= scoreOf(found, page) ? [found, before] : [before, found];
      into.pages.set(page, worse ? { ...better, sections: new Map([...worse.sections, ...better.sections]) } : better);
    }
  };
  // Words that stand in one section, or at least on one page.
  const together = async (words, tier) => {
    const all = await Promise.all(words.map(async word => {
      const { tiers, pages } = await lookup({ joined: word, surface: word, parts: [] }, false);
      return weigh(new Map([...tiers].map(([form, value]) => [form, value * tier])), pages || undefined);
    }));
    const pages = new Map();
    const apart = new Map();
    for (const [page, found] of all[0].pages) {
      const others = all.slice(1).map(one => one.pages.get(page));
      if (others.some(other => !other)) continue;
      const sections = new Map([...found.sections].filter(([section]) => others.every(other => other.sections.has(section))));
      const both = { ...found, rare: Math.max(found.rare, ...others.map(other => other.rare)) };
      if (sections.size) pages.set(page, { ...both, sections });
      else apart.set(page, { ...both, tier: found.tier / 2 });
    }
    return { pages: pages.size ? pages : apart, forms: new Set(all.flatMap(one => [...one.forms])) };
  };
  // A word that may be two: «دانش‌آموز», kundrapport. Its longest last half that is known tells what kind of thing it is.
  const split = async word => {
    const out = { pages: new Map(), forms: new Set() };
    const links = [...new Set([...tables.links, ...tables.adjacent ? [""] : []])];
    if (!links.length || word.length < 5) return out;
    const shard = await shardOf(word);
    for (let at = 2; shard && at < word.length - 1; at++) {
      const first = word.slice(0, at);
      if (!shard.forms.has(first)) continue;
      for (const link of links) {
        const second = word.slice(at + link.length);
        if (word.slice(at).startsWith(link) && second.length > 1 && (await known(second) ?? (second.length > 4 && await stripped(second)))) join(out, await together([first, second], TIER.part));
      }
    }
    if (tables.links.length) for (let at = 3; at < word.length - 3; at++) if (await known(word.slice(at))) {
      join(out, await together([word.slice(at)], TIER.half));
      break;
    }
    return out;
  };

  /** Pages for a query, best first. */
  const query = async text => {
    const words = own.tokens(text.normalize("NFC").slice(0, 200)).slice(0, 12);
    const ends = !/[\s\p{P}]$/u.test(text);
    const said = words.filter(word => !stop.has(word.joined));
    const slots = await Promise.all(words.map(async (token, i) => {
      if (said.length && !said.includes(token)) return { pages: new Map(), forms: new Set(), term: token.joined };
      const { tiers, whole, term, pages, common } = await lookup(token, ends && i === words.length - 1);
      const slot = { ...weigh(tiers, pages || undefined), token, whole, term, common };
      if (token.parts.length && (!whole || token.parts.length > 1)) join(slot, await together(token.parts, TIER.part));
      if (!whole) join(slot, await split(token.joined));
      return slot;
    }));
    const asked = slots.filter(slot => slot.token);
    // Names of several words, and two words that the site writes as one. Entries of the glossary by page: section → how exactly it was named.
    const entries = new Map();
    for (let i = 0; i < words.length; i++) {
      for (let n = 1; n <= 6 && i + n <= words.length; n++) {
        const part = slots.slice(i, i + n);
        const joined = words.slice(i, i + n).map(word => word.joined).join("");
        const all = asked.every(slot => part.includes(slot));
        const named = new Map();
        for (const name of new Set([joined, part.map(slot => slot.term).join("")])) {
          const names = (await shardOf(name))?.names;
          if (names && Object.hasOwn(names, name)) for (const [page, section, weight] of postings(names[name])) {
            hit(named, page, section, TIER.name, Math.min(weight, 9));
            const exact = Math.min(weight, name === joined ? NAME : STEMS);
            if (all && exact >= STEMS) {
              const known = entries.get(page) ?? new Map();
              entries.set(page, known.set(section, Math.max(exact, known.get(section) || 0)));
            }
          }
        }
        const found = rated(named, new Set());
        const both = n === 2 && (tables.adjacent || tables.links.length) ? (await shardOf(joined))?.forms.get(joined) : undefined;
        if (both) join(found, weigh(new Map(both.map(form => [form, TIER.part]))));
        if (found.pages.size) for (const slot of part) join(slot, found);
      }
    }
    const rare = asked.filter(slot => !slot.common);
    const telling = rare.some(slot => slot.pages.size) ? rare : asked;
    const any = [...new Set(telling.flatMap(slot => [...slot.pages.keys()]))];
    const held = page => telling.filter(slot => slot.pages.has(page)).length;
    const every = any.filter(page => held(page) === telling.length);
    // One word may be missing in a long query, on a page whose title has another, and where few have all, on one that says much of another.
    const all = [...new Set([...any, ...asked.flatMap(slot => [...slot.pages.keys()])])];
    const few = all.filter(page => asked.every(slot => slot.pages.has(page))).length < 6;
    const says = found => found && (found.title || few && found.much);
    const near = page => held(page) >= telling.length - 1 && (telling.length > 2 || asked.some(slot => says(slot.pages.get(page))));
    const pages = every.length ? all.filter(page => held(page) === telling.length || near(page)) : any;
    const results = pages.map(page => {
      const sections = new Map();
      let score = 0;
      for (const slot of asked) {
        const found = slot.pages.get(page);
        if (!found) continue;
        score += scoreOf(found, page);
        // A word as it was typed comes before its relatives.
        if (telling.includes(slot)) for (const [section, { tier, sum }] of found.sections) sections.set(section, (sections.get(section) || 0) + 10 * tier + Math.min(sum, 9));
      }
      score *= (asked.reduce((sum, slot) => sum + (slot.pages.get(page)?.tier ?? 0), 0) / asked.length) ** 2;
      const named = entries.get(page) ?? new Map();
      for (const [section, exact] of named) sections.set(section, exact * 1e3);
      return { page, score, named: Math.max(0, ...named.values()), sections: [...sections].sort((a, b) => b[1] - a[1] || a[0] - b[0]).map(([section]) => section) };
    }).sort((a, b) => b.named - a.named || b.score - a.score || a.page - b.page).slice(0, every.length ? Math.max(every.length, MOST) : undefined);
    const unknown = asked.filter(slot => !slot.whole).map(slot => slot.token);
    return { words, unknown, results, partial: !every.length && results.length > 0 && telling.length > 1, forms: new Set(asked.flatMap(slot => [...slot.forms])) };
  };

  /** Words of the site that look like those that were not found. */
  const nearest = async words => {
    const out = [];
    for (const { joined } of words) {
      const shard = await shardOf(joined);
      const most = joined.length > 6 ? 2 : 1;
      for (const [word, [form]] of shard?.forms ?? []) if (form.stand === 1 && joined.length > 2 && word.length > 2 && !stop.has(word)) {
        const far = distance(joined, word, most);
        if (far && far <= most) out.push([far, -form.entry.pages, form.surface ?? word]);
      }
    }
    return [...new Set(out.sort((a, b) => a[0] - b[0] || a[1] - b[1] || (a[2] < b[2] ? -1 : 1)).map(([, , word]) => word))].slice(0, 4);
  };

  /** A piece of text round the words that were found, as [text, whether found]. */
  const excerpt = (text, forms, length = 160) => {
    const found = own.tokens(text).filter(token => forms.has(token.joined) || token.parts.some(part => forms.has(part)));
    let start = 0;
    let best = 0;
    for (const { start: at } of found) {
      const here = found.filter(token => token.start >= at && token.end <= at + length).length;
      if (here > best) [best, start] = [here, at];
    }
    start = start < length / 2 ? 0 : Math.max(text.lastIndexOf("\n", start), text.lastIndexOf(" ", start - length / 3)) + 1;
    let end = start + length;
    if (end < text.length) end = Math.max(text.lastIndexOf(" ", end), ...found.filter(token => token.start < end).map(token => token.end));
    const out = [[start ? "\u2026" : "", false]];
    let at = start;
    for (const token of found) {
      if (token.start < at || token.end > end) continue;
      out.push([text.slice(at, token.start), false], [text.slice(token.start, token.end), true]);
      at = token.end;
    }
    out.push([text.slice(at, end) + (end < text.length ? "\u2026" : ""), false]);
    return out.filter(([piece]) => piece).map(([piece, marked]) => [piece.replaceAll("\n", " "), marked]);
  };

  const text = ({ page }) => load(`${tag}/p-${index.pages.slice(page * 10, page * 10 + 10)}`);
  /** What is shown of a result: the page and its best places. */
  const show = async (result, forms, most = 3) => {
    const data = await text(result);
    const { sections } = result;
    const places = sections.slice(0, most).map(section => {
      const [anchor, heading, text] = data.s[section] ?? ["", "", ""];
      const above = typeof heading === "number" ? data.s[heading][1] : heading;
      return { href: anchor ? `${data.h}#${anchor}` : data.h, heading: excerpt(above, forms, 400), item: typeof heading === "number", text: excerpt(text, forms) };
    });
    return { href: data.h, named: result.named > 0, title: excerpt(data.t, forms, 400), section: data.p, places };
  };
  return { query, nearest, text, show, frame: { lang: index.lang, dir: index.dir } };
};
