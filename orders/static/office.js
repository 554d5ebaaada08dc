/* The office's pages, quicker by keyboard: "/" searches, a parcel is packed with one key, orders are chosen at once.
   Everything works without it. */
(() => {
  "use strict";
  document.documentElement.classList.add("js");

  const search = document.querySelector("[data-search]");
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || !search) return;
    if (event.target.closest("input, textarea, select, [contenteditable]")) return;
    event.preventDefault();
    search.focus();
    search.select();
  });

  /* Decisions by one key: a button is pressed, a link followed; of a form the first field is taken, a fold is opened. */
  document.addEventListener("keydown", (event) => {
    if (event.key.length !== 1 || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, textarea, select, [contenteditable]")) return;
    const meant = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
    if (!meant) return;
    event.preventDefault();
    if (!meant.matches("form, details")) return meant.click();
    if (meant.matches("details")) meant.open = true;
    meant.querySelector("input[type=text], textarea")?.focus();
  });

  /* What was marked by mistake is taken back by Escape; in a field that is filled in, Escape empties it first. */
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.repeat || event.target.closest("select, textarea")) return;
    if (event.target.matches("input[type=text]") && event.target.value) {
      event.target.value = "";
      return;
    }
    document.querySelector("[data-undo]:not(:disabled)")?.click();
  });

  /* After a parcel is packed the page comes back at the next one: its button has the focus. */
  const focusHere = () => {
    if (!/^#(pli-[0-9]+|emballer)$/.test(location.hash)) return;
    const here = document.querySelector(location.hash);
    const button = location.hash === "#emballer" ? document.querySelector("#pack-now button") : here?.querySelector("button");
    button?.focus({ preventScroll: true });
  };
  /* The browser itself moves the focus to the page once it has scrolled to the parcel: ours comes after that. */
  window.addEventListener("load", () => requestAnimationFrame(() => requestAnimationFrame(focusHere)));

  /* A correction says what lies on the shelf afterwards, as soon as it is clear which way the copies go. */
  const shelf = document.querySelector("[data-shelf]");
  if (shelf) {
    const form = shelf.closest("form");
    const out = shelf.querySelector("[data-new-shelf]");
    const ways = JSON.parse(shelf.dataset.ways);
    const tell = () => {
      const typed = form.elements.copies.value.replace(/[\s\u00a0\u202f]/g, "").replace("\u2212", "-");
      const way = ways[form.elements.reason.value] ?? { out: -1, in: 1 }[form.elements.way.value] ?? { "-": -1, "+": 1 }[typed[0]];
      const copies = /^[+-]?[0-9]{1,9}$/.test(typed) ? Math.abs(Number(typed)) : 0;
      out.textContent = way && copies ? `→ ${(Number(shelf.dataset.shelf) + way * copies).toLocaleString(document.documentElement.lang)}` : "";
    };
    form.addEventListener("input", tell);
    tell();
  }

  /* While a file is imported, the page that sent it says how many orders are there: the answer comes with the last one. */
  const progress = document.querySelector("[data-import-progress]");
  if (progress) {
    const bar = progress.querySelector("progress");
    const tell = async () => {
      const answer = await fetch(progress.dataset.importProgress).catch(() => null);
      if (answer?.ok) bar.value = (await answer.json()).orders;
      const all = bar.max.toLocaleString(document.documentElement.lang);
      const done = bar.value.toLocaleString(document.documentElement.lang);
      progress.querySelector("span").textContent = progress.dataset.words.replace("{done}", done).replace("{all}", all);
      setTimeout(tell, 700);
    };
    document.getElementById("file-read").addEventListener("submit", (event) => {
      if (event.submitter?.name !== "confirmed") return;
      progress.hidden = false;
      tell();
    });
  }

  const bulk = document.querySelector("[data-bulk]");
  if (!bulk) return;
  const boxes = [...document.querySelectorAll(`input[type=checkbox][form="${bulk.id}"]`)];
  const all = bulk.querySelector("[data-all-on-page]");
  const count = () => {
    const chosen = boxes.filter((box) => box.checked).length;
    bulk.querySelector("[data-chosen]").textContent = String(chosen);
    bulk.classList.toggle("is-idle", chosen === 0);
    for (const button of bulk.querySelectorAll("[type=submit]")) button.disabled = chosen === 0;
  };
  all.addEventListener("click", () => {
    const every = boxes.every((box) => box.checked);
    for (const box of boxes) box.checked = !every;
    count();
  });
  document.addEventListener("change", count);
  window.addEventListener("pageshow", count);
  bulk.querySelector("[data-chosen-words]").hidden = false;
  all.hidden = false;
  count();
})();
