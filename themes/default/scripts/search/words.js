// Cuts and folds words as the index was made: both go by the same tables.

export const language = tables => {
  const word = new RegExp(tables.word, "gu");
  const breaks = new RegExp(tables.breaks, "u");
  const joiners = new RegExp(tables.joiners, "gu");
  const drop = new RegExp(tables.drop, "gu");
  const carriers = new RegExp(tables.carriers, "gu");
  const attached = new Set([...tables.prefixes, ...tables.affixes, ...tables.endings]);

  const key = (text, letters) => {
    // Most words are plain.
    if (/^[\0-\x7f]*$/.test(text)) return text.toLowerCase();
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
    const parts = token => token.parts.length ? token.parts : [token.joined].filter(isPart);
    a.parts = [...parts(a), ...parts(b)];
    a.joined += b.joined;
    a.surface += ` ${b.surface}`;
    a.end = b.end;
  };

  // Texts repeat their words.
  const seen = new Map();
  const read = raw => {
    let token = seen.get(raw);
    if (!token) {
      const pieces = /^[a-z]*$/i.test(raw) ? [] : raw.split(breaks).filter(Boolean);
      token = { surface: raw.toLowerCase(), joined: fold(raw), parts: pieces.length > 1 ? pieces.map(fold).filter(isPart) : [] };
      seen.set(raw, token);
    }
    return token;
  };
  const tokens = text => {
    const out = [];
    let waits = false;
    let end = 0;
    for (const { 0: raw, index } of text.matchAll(word)) {
      const known = read(raw);
      const apart = !out.length || /[^ \xa0]/.test(text.slice(end, index));
      end = index + raw.length;
      if (!known.joined) continue;
      const token = { ...known, start: index, end };
      const glue = !apart && (waits || tables.affixes.includes(token.joined));
      waits = !glue && tables.prefixes.includes(token.joined);
      if (glue) attach(out[out.length - 1], token); else out.push(token);
    }
    return out;
  };
  const bare = surface => {
    const whole = plain(surface).normalize("NFKC");
    const less = whole.replace(carriers, "");
    return less === whole ? fold(surface) : key(less, tables.letters);
  };
  return { tokens, plain, bare, skeleton: text => key(text, "") };
};
