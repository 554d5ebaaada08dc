/* What is typed on the order form survives a reload. It is kept by the browser, in this tab only: it is forgotten with the
   tab, and as soon as the order is made. The order that was made is said when the form is opened again. */
(() => {
  "use strict";
  let kept;
  try {
    kept = window.sessionStorage;
    kept.removeItem("pli-probe");
  } catch { return; }
  const DRAFT = "pli-draft", SENT = "pli-sent", MADE = "pli-made";

  const own = document.querySelector("[data-own-order]");
  if (own && kept.getItem(SENT)) {
    kept.setItem(MADE, JSON.stringify({ url: location.pathname, reference: own.dataset.ownOrder }));
    kept.removeItem(DRAFT);
  }
  kept.removeItem(SENT);

  const form = document.querySelector("[data-draft]");
  if (!form) return;
  const note = form.querySelector("[data-draft-kept]");
  const fields = [...form.querySelectorAll("input, textarea")].filter((field) =>
    field.type !== "hidden" && field.name && field.name !== "website" && field.name !== "confirm");
  const isChoice = (field) => field.type === "radio" || field.type === "checkbox";
  const isTyped = (field) => isChoice(field) ? field.checked !== field.defaultChecked : field.value !== field.defaultValue;

  const save = () => {
    const typed = fields.map((field) => [field.name, isChoice(field) ? field.value : null, isChoice(field) ? field.checked : field.value]);
    kept.setItem(DRAFT, JSON.stringify(typed));
  };
  const restore = (typed) => {
    for (const [name, choice, value] of typed) {
      const field = fields.find((each) => each.name === name && (choice === null || each.value === choice));
      if (!field) continue;
      if (choice === null) field.value = value;
      else field.checked = value;
    }
    const filled = fields.filter(isTyped);
    for (const field of filled) {
      for (let part = field.closest("details"); part; part = part.parentElement.closest("details")) part.open = true;
    }
    note.hidden = filled.length === 0;
    if (filled.length) window.pliOrder?.wake(filled[0]);
  };
  const tellMade = () => {
    const made = JSON.parse(kept.getItem(MADE) ?? "null");
    const about = form.querySelector("[data-made]");
    about.hidden = !made;
    if (!made) return;
    about.querySelector("[data-made-reference]").textContent = made.reference;
    about.querySelector("[data-made-see]").href = made.url;
    about.querySelector("[data-made-change]").href = `${made.url}/change`;
  };

  if (form.dataset.draft === "new") restore(JSON.parse(kept.getItem(DRAFT) ?? "[]"));
  else save();
  form.addEventListener("input", save);
  form.addEventListener("submit", () => kept.setItem(SENT, "yes"));
  form.querySelector("[data-draft-empty]").addEventListener("click", () => {
    form.reset();
    note.hidden = true;
    window.pliOrder?.wake(fields[0]);
    kept.removeItem(DRAFT);
    form.querySelector("h1").focus();
  });
  addEventListener("pageshow", (event) => {
    tellMade();
    /* Back from the order that was made: the browser fills in again but half of the fields. */
    const isBack = performance.getEntriesByType("navigation")[0]?.type === "back_forward";
    if (isBack && !event.persisted && !kept.getItem(DRAFT) && form.dataset.draft === "new") {
      form.reset();
      window.pliOrder?.wake(fields[0]);
    }
  });
})();
