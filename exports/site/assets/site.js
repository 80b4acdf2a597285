"use strict";
(() => {
  const page = document.documentElement;
  const kept = {
    get: () => { try { return localStorage.getItem("jcm-language"); } catch { return null; } },
    set: lang => { try { localStorage.setItem("jcm-language", lang); } catch { /* not allowed here */ } },
  };
  // The start page leads on to the language chosen before, else to the browser's.
  if ("start" in page.dataset) {
    const lang = kept.get() || (navigator.language.toLowerCase().startsWith("ja") ? "ja" : "en");
    location.replace(`${lang === "ja" ? "ja" : "en"}/index.html`);
    return;
  }
  for (const link of document.querySelectorAll(".languages a")) link.addEventListener("click", () => kept.set(link.hreflang));

  // Tables: a click on a heading sorts.
  const units = [[/億/, 1e8], [/万/, 1e4], [/Mt/, 1e6], [/kt/, 1e3]];
  const amount = text => {
    const found = text.replace(/,/g, "").match(/[-−]?\d+(\.\d+)?/);
    if (!found) return null;
    const oku = text.replace(/,/g, "").match(/(\d+)億(\d+)万/);
    if (oku) return oku[1] * 1e8 + oku[2] * 1e4;
    const unit = units.find(([sign]) => sign.test(text));
    return Number(found[0].replace("−", "-")) * (unit ? unit[1] : 1);
  };
  const sorted = (table, column, is_number, is_down) => {
    const rows = [...table.tBodies[0].rows].map((row, place) => {
      const text = row.cells[column].textContent.trim();
      return { row, place, key: is_number ? amount(text) : /^[–-]?$/.test(text) ? null : text };
    });
    const compare = (a, b) => is_number ? a - b : a.localeCompare(b, page.lang, { numeric: true });
    // What is not known stands last, in whatever order.
    rows.sort((a, b) => a.key === null || b.key === null
      ? (a.key === null) - (b.key === null) || a.place - b.place
      : (is_down ? -1 : 1) * compare(a.key, b.key) || a.place - b.place);
    table.tBodies[0].append(...rows.map(one => one.row));
  };
  for (const table of document.querySelectorAll("table")) {
    if (table.tBodies[0].rows.length < 4 || table.querySelector(".strong")) continue;
    const heads = [...table.tHead.rows[0].cells], words = heads.map(head => head.textContent);
    heads.forEach((head, column) => {
      const button = document.createElement("button"), is_number = head.classList.contains("n");
      button.type = "button";
      // Told apart where buttons are listed without what stands around them.
      const twice = words.indexOf(words[column]) !== words.lastIndexOf(words[column]) ? ` (${column + 1})` : "";
      button.setAttribute("aria-label", `${words[column]}${twice}, ${table.parentElement.getAttribute("aria-label")}`);
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const before = head.getAttribute("aria-sort");
        const is_down = before ? before === "ascending" : is_number;
        for (const other of heads) other.removeAttribute("aria-sort");
        head.setAttribute("aria-sort", is_down ? "descending" : "ascending");
        sorted(table, column, is_number, is_down);
      });
    });
  }

  // The search: the names of all pages come with the first letter typed.
  const form = document.querySelector("form.search");
  if (!form) return;
  const field = form.querySelector("input"), list = form.querySelector("ul");
  const folded = text => text.normalize("NFKC").toLowerCase();
  let asked = null;
  const names = () => asked ||= new Promise(done => {
    const script = document.createElement("script");
    script.src = `${page.dataset.root}/assets/search-${page.dataset.lang}.js`;
    script.addEventListener("load", () => done(window.jcmPages.map(([path, ...words]) => ({ path, words, text: folded(words.join(" ")) }))));
    document.head.append(script);
  });
  const search = async () => {
    const words = folded(field.value).split(/\s+/).filter(Boolean);
    const found = words.length ? (await names()).filter(one => words.every(word => one.text.includes(word))).slice(0, 20) : [];
    list.replaceChildren(...found.map(one => {
      const item = document.createElement("li"), link = document.createElement("a");
      link.href = `${page.dataset.root}/${page.dataset.lang}/${one.path}`;
      link.textContent = one.words[0];
      item.append(link);
      return item;
    }));
  };
  form.hidden = false;
  field.addEventListener("input", search);
  field.addEventListener("keydown", event => { if (event.key === "Escape") { field.value = ""; list.replaceChildren(); } });
  form.addEventListener("submit", async event => {
    event.preventDefault();
    await search();
    const first = list.querySelector("a");
    if (first) location.assign(first.href);
  });
})();
