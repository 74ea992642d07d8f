// How the files of an index come: each of them is one call of a door, `rahnamaSearch({…})`.

globalThis.rahnamaSearch = data => { document.currentScript.data = data; };

// A server gives the files as texts; from disk only scripts can be read.
export const loader = base => name => {
  const url = `${base}${name}.js`;
  if (location.protocol !== "file:") {
    return fetch(url).then(answer => {
      if (!answer.ok) throw new Error(`${answer.status}`);
      return answer.text();
    }).then(text => JSON.parse(text.slice(text.indexOf("(") + 1, text.lastIndexOf(")"))));
  }
  return new Promise((done, failed) => {
    const script = document.createElement("script");
    script.onerror = failed;
    script.onload = () => { script.remove(); done(script.data); };
    script.src = url;
    document.head.append(script);
  });
};
