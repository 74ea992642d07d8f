// Words come from the build: data-msg-* on #messages, in the page's language. No text of any language stands in these scripts.

export const data = document.getElementById('messages')?.dataset ?? {};

const lang = data.locale || document.documentElement.lang;
const numbers = new Intl.NumberFormat(lang);
const plurals = new Intl.PluralRules(lang);

/** The message with its values; `n` selects the plural form. */
export const text = (name, n, values = { count: n }) => {
  let message = data['msg' + name] || '';
  if (message.startsWith('{"')) {
    const forms = JSON.parse(message);
    message = forms['=' + n] ?? forms[plurals.select(n)] ?? forms.other;
  }
  return message.replace(/{(\w+)}/g, (_, name) => typeof values[name] === 'number' ? numbers.format(values[name]) : values[name]);
};
