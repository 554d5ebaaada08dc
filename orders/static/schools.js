/* The organisation of an order as a combobox (WAI-ARIA): schools are found while somebody types, and choosing one fills
   the address in. Without it a button does the same when the form comes back. */
(() => {
  "use strict";
  const box = document.querySelector("[data-schools]");
  const form = box?.closest("form");
  const field = form?.elements.organisation;
  if (!field) return;

  /* The order form has a place of its own for what is said, and waits for fingers; a form of the office has neither. */
  const onItsOwn = () => {
    let asking;
    return {
      value: (name) => form.elements[name].value.replace(/\s+/g, " ").trim(),
      make: (tag, properties) => Object.assign(document.createElement(tag), properties),
      say: (_about, text) => { box.querySelector("[role=status]").textContent = text; },
      wake: () => {},
      ask: async (_kind, url, options, use) => {
        asking?.abort();
        asking = new AbortController();
        try {
          const answer = await fetch(url, { ...options, signal: asking.signal });
          if (answer.ok) use(await answer.json());
        } catch { /* no network: what is typed stays */ }
      },
    };
  };
  const { value, make, ask, say, wake } = window.pliOrder ?? onItsOwn();

  const FEWEST = 3;
  const PAUSE = 120; // milliseconds between two letters: no question for each of them
  const list = box.querySelector("[role=listbox]");
  const institution = form.elements.institution;
  for (const [name, set] of Object.entries({
    role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id,
  })) field.setAttribute(name, set);
  field.autocomplete = "off";
  for (const button of form.querySelectorAll("[data-instead]")) button.hidden = true;

  let found = [];
  let at = -1;
  let chosen = institution.value ? field.value : "";
  let askedFor = "";
  let pause;

  const close = () => {
    list.hidden = true;
    at = -1;
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
  };
  const point = (to) => {
    const options = [...list.children];
    options[at]?.setAttribute("aria-selected", "false");
    at = (to + options.length) % options.length;
    options[at].setAttribute("aria-selected", "true");
    options[at].scrollIntoView({ block: "nearest" });
    field.setAttribute("aria-activedescendant", options[at].id);
  };
  const option = ({ label }, number) => {
    const made = make("li", { id: `school-${number}`, textContent: label });
    made.setAttribute("role", "option");
    made.setAttribute("aria-selected", "false");
    return made;
  };
  const show = (answer) => {
    if (document.activeElement !== field) return;
    found = answer.found;
    list.replaceChildren(...found.map(option));
    list.hidden = !found.length;
    at = -1;
    field.setAttribute("aria-expanded", String(Boolean(found.length)));
    field.removeAttribute("aria-activedescendant");
    say("schools", found.length ? box.dataset.said.replace("#", found.length) : box.dataset.none);
  };
  const choose = (number) => {
    const { label, changes } = found[number];
    for (const [name, changed] of Object.entries(changes)) if (form.elements[name]) form.elements[name].value = changed;
    const folded = form.elements.building.closest("details");
    if (changes.building && folded) folded.open = true;
    chosen = field.value;
    askedFor = field.value;
    close();
    say("schools", label);
    wake(form.elements.postcode);
    form.elements.street.dispatchEvent(new Event("change", { bubbles: true }));
  };

  field.addEventListener("input", () => {
    if (field.value !== chosen) institution.value = "";
    const typed = value("organisation");
    if (typed.length < FEWEST) { askedFor = ""; close(); return; }
    if (typed === askedFor) return;
    askedFor = typed;
    clearTimeout(pause);
    pause = setTimeout(() => ask("schools", `${box.dataset.schools}?q=${encodeURIComponent(typed)}`, {}, show), PAUSE);
  });
  field.addEventListener("keydown", (event) => {
    if (event.key === "Escape") { close(); return; }
    if (list.hidden) return;
    if (event.key === "ArrowDown") point(at + 1);
    else if (event.key === "ArrowUp") point(at < 0 ? list.childElementCount - 1 : at - 1);
    else if (event.key === "Enter" && at >= 0) choose(at);
    else return;
    event.preventDefault();
  });
  field.addEventListener("blur", close);
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", ({ target }) => {
    const pressed = target.closest("[role=option]");
    if (pressed) choose([...list.children].indexOf(pressed));
  });
})();
