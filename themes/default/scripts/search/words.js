// Cuts and folds as the index was made.
export const language = tables => {
  const word = new RegExp(tables.word, "gu");
  const breaks = new RegExp(tables.breaks, "u");
  const joiners = new RegExp(tables.joiners, "gu");
  const drop = new RegExp(tables.drop, "gu");
  const carriers = new RegExp(tables.carriers, "gu");
  const attached = new Set([...tables.prefixes, ...tables.affixes, ...tables.endings]);
  const key = (text, letters) => {
    let out = "";
    for (const c of text.normalize("NFKC").toLowerCase().replace(drop, "")) {
      const letter = tables.map[c] ?? c;
      if (c < "\x80" || letters.includes(c)) out += c;
      else if (letter !== c) out += letter;
      else {
        const bare = c.normalize("NFD");
        if (bare[0] < "\u0400") for (const x of bare.replace(/\p{M}/gu, "")) out += letters.includes(x) ? x : tables.map[x] ?? x;
        else out += c;
      }
    }
    return out;
  };
  const plain = text => text.replace(joiners, "");
  const fold = text => key(plain(text), tables.letters);
  const isPart = part => !attached.has(part) && [...part].length > 1;
  const attach = (a, b) => {
    if (!a.parts.length && isPart(a.joined)) a.parts.push(a.joined);
    if (!b.parts.length && isPart(b.joined)) a.parts.push(b.joined);
    a.parts.push(...b.parts);
    a.joined += b.joined;
    a.surface += ` ${b.surface}`;
    a.end = b.end;
  };
  const tokens = text => {
    const out = [];
    let waits = false;
    let end = 0;
    for (const { 0: raw, index } of text.matchAll(word)) {
      const joined = fold(raw);
      const apart = !out.length || !/^[ \xa0]*$/.test(text.slice(end, index));
      end = index + raw.length;
      if (!joined) continue;
      const pieces = raw.split(breaks).filter(Boolean);
      const token = { surface: raw.toLowerCase(), joined, parts: pieces.length > 1 ? pieces.map(fold).filter(isPart) : [], start: index, end };
      const glue = !apart && (waits || tables.affixes.includes(joined));
      waits = !glue && tables.prefixes.includes(joined);
      if (glue) attach(out[out.length - 1], token); else out.push(token);
    }
    return out;
  };
  const bare = surface => key(plain(surface).normalize("NFKC").replace(carriers, ""), tables.letters);
  return { tokens, plain, bare, skeleton: text => key(text, "") };
};
