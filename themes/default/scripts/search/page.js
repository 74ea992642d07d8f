// What every part of the box uses.

export const root = globalThis.document?.documentElement;

const name = key => `ui1:${encodeURIComponent(root.dataset.site || "")}:${key}`;
export const recall = key => { try { return localStorage.getItem(name(key)); } catch { return null; } };
export const keep = (key, value) => { try { localStorage.setItem(name(key), value); } catch { /* not allowed, or full */ } };

export const make = (name, className, ...inside) => {
  const el = document.createElement(name);
  if (className) el.className = className;
  el.append(...inside);
  return el;
};
export const set = (el, values) => {
  for (const name in values) el.setAttribute(name, values[name]);
  return el;
};
export const counted = (message, count) => {
  let form = message || "";
  if (form.startsWith("{\"")) {
    const forms = JSON.parse(form);
    form = forms[`=${count}`] ?? forms[new Intl.PluralRules(root.lang).select(count)] ?? forms.other;
  }
  return form.replace("{count}", new Intl.NumberFormat(root.lang).format(count));
};
