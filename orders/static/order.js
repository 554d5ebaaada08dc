/* The order form, and the form that changes an order, made easier: plus and minus, what makes sense for whom, the order
   beside the form, postage, the class helper. Everything works without it. What address.js needs stands in `pliOrder`. */
(() => {
  "use strict";
  const form = document.querySelector("[data-order]");
  if (!form) return;
  document.documentElement.classList.add("js");

  const MOST = 5000;
  const language = document.documentElement.lang;
  const clean = (text) => text.replace(/\s+/g, " ").trim();
  const value = (name) => clean(form.elements[name]?.value ?? "");
  const make = (tag, properties) => Object.assign(document.createElement(tag), properties);
  const show = (element, shown) => { element.hidden = !shown; };
  const copiesIn = (field) => {
    const typed = field.value.replace(/\s/g, "");
    return /^[0-9]{1,6}$/.test(typed) ? Number(typed) : 0;
  };

  const wake = (field) => field.dispatchEvent(new Event("input", { bubbles: true }));

  /* Nothing moves under a finger: what an answer changes waits until the pointer is up again. */
  let isPressed = false;
  let waiting = [];
  const release = () => setTimeout(() => {
    isPressed = false;
    for (const change of waiting.splice(0)) change();
  });
  addEventListener("pointerdown", () => { isPressed = true; }, true);
  addEventListener("pointerup", release, true);
  addEventListener("pointercancel", release, true);
  const whenStill = (change) => { if (isPressed) waiting.push(change); else change(); };

  /* Asks the server; only the last answer of each kind counts, and none is as good as an empty one. */
  const asked = {};
  const ask = async (kind, url, options, use) => {
    asked[kind]?.abort();
    const mine = asked[kind] = new AbortController();
    try {
      const answer = await fetch(url, { ...options, signal: mine.signal });
      if (!answer.ok) return;
      const found = await answer.json();
      whenStill(() => { if (asked[kind] === mine) use(found); });
    } catch { /* no network: the form does the same when it is sent */ }
  };

  for (const stepper of form.querySelectorAll("[data-stepper]")) {
    const field = stepper.querySelector("input");
    stepper.addEventListener("click", (event) => {
      const button = event.target.closest("[data-step]");
      if (!button) return;
      const next = copiesIn(field) + Number(button.dataset.step);
      field.value = String(Math.min(MOST, Math.max(0, next)));
      wake(field);
    });
    field.addEventListener("keydown", (event) => {
      const by = { ArrowUp: 1, ArrowDown: -1 }[event.key];
      if (!by) return;
      event.preventDefault();
      stepper.querySelector(`[data-step="${by}"]`).click();
    });
    field.addEventListener("focus", () => field.select());
  }

  const helper = form.querySelector("[data-helper]");

  /* What is asked of some audiences only; what holds something, or an error, stays. */
  const askedOf = JSON.parse(form.dataset.audiences);
  const isFilled = (part) => [...part.querySelectorAll("input, textarea")].some((field) =>
    (field.type !== "hidden" && field.value) || field.matches("[aria-invalid]"));
  const labelled = (name, text, isOptional) => {
    const label = form.elements[name].labels[0];
    label.firstChild.textContent = `${text} `;
    const mark = label.querySelector(".optional") ?? label.appendChild(make("span", { className: "optional", textContent: form.dataset.optional }));
    show(mark, isOptional);
  };
  const organisation = form.querySelector("[data-organisation]");
  const day = form.querySelector("[data-day]");
  const listing = form.querySelector("[data-listing]");
  let audienceBefore = null;
  const offerParts = () => {
    const audience = value("audience");
    const asked = askedOf[audience] ?? askedOf[""];
    labelled("organisation", asked.label, asked.organisation !== "required");
    show(organisation, asked.organisation !== "not_asked" || isFilled(organisation));
    const toWhom = organisation.querySelector(":scope > .field > .hint");
    if (toWhom) show(toWhom, false);
    if (day) labelled("needed_by", asked.day, true);
    if (listing) listing.hidden = !asked.gathers;
    if (day && audience !== audienceBefore && asked.gathers) day.open = true;
    audienceBefore = audience;
    for (const counts of ["classes", "people"]) {
      const part = helper?.querySelector(`[data-for-${counts}]`);
      if (part) show(part, asked.counts === counts || isFilled(part));
    }
    if (helper) show(helper, Boolean(asked.counts) || isFilled(helper));
  };

  const summary = form.querySelector("[data-summary]");
  const part = (name) => summary.querySelector(`[data-${name}]`);
  const parts = (name) => summary.querySelectorAll(`[data-${name}]`);

  /* The commonest signs for a house without a number, as `means_no_number` knows them all: they are never printed. */
  const noNumber = /^(?:[^\p{L}1-9]*|\(?[sz][^\p{L}\d]{0,2}n[^\p{L}\d]*)$/iu;
  const addressLines = () => {
    const box = value("box");
    const printed = part("address");
    return [
      value("name"),
      value("department"),
      value("organisation"),
      value("building"),
      clean(`${value("street")} ${noNumber.test(value("number")) ? "" : value("number")} ${box && `${printed.dataset.box} ${box}`}`),
      clean(`${value("postcode")} ${value("town").toLocaleUpperCase("fr")}`),
    ].filter(Boolean);
  };

  /* One polite status for everything: what changed within a moment is said together. */
  let announcement;
  const unsaid = new Map();
  const say = (about, text) => {
    unsaid.set(about, text);
    clearTimeout(announcement);
    announcement = setTimeout(() => {
      part("status").textContent = [...unsaid.values()].filter(Boolean).join(" ");
      unsaid.clear();
    }, 700);
  };

  const summarise = () => {
    const copiesAsked = [];
    for (const line of parts("copies-of")) {
      const copies = copiesIn(document.getElementById(line.dataset.copiesOf));
      line.querySelector("strong").textContent = copies.toLocaleString(language);
      show(line.querySelector("[data-one]"), copies < 2);
      show(line.querySelector("[data-many]"), copies >= 2);
      show(line, copies > 0);
      if (copies > 0) copiesAsked.push(`${copies} × ${line.dataset.title}`);
    }
    show(part("nothing"), copiesAsked.length === 0);
    const pickup = value("delivery") === "pickup";
    const lines = addressLines();
    for (const element of parts("for-post")) show(element, !pickup && lines.length > 0);
    for (const element of parts("for-pickup")) show(element, pickup);
    part("address").replaceChildren(...lines.map((line) => make("span", { textContent: line })));
    askOutlook(copiesAsked.join(", "));
  };

  /* Letter or parcel: one announcement with the copies, when both are known. What was shown is sent along; what is
     asked about on top of the form wants its tick. */
  const postage = form.querySelector("[data-postage]");
  const billing = form.querySelector("[data-billing]");
  summary.append(postage);
  const shown = make("input", { type: "hidden", name: "postage_shown" });
  form.append(shown);
  const paragraphs = (sentences) => sentences.map((text) => make("p", { textContent: text }));
  /* What stands in a room describes its field, as long as something stands in it. */
  const describe = (field, room, text) => {
    const kept = (field.getAttribute("aria-describedby") ?? "").split(" ").filter((id) => id && id !== room.id);
    room.textContent = text;
    if (text) kept.push(room.id);
    if (kept.length) field.setAttribute("aria-describedby", kept.join(" "));
    else field.removeAttribute("aria-describedby");
  };
  const explain = (choices) => {
    form.elements.when_short.forEach((radio, index) => {
      const id = `when_short-${index}-about`;
      const card = radio.closest(".choice-card");
      const room = document.getElementById(id) ?? card.appendChild(make("p", { id, className: "choice-about" }));
      describe(radio, room, choices[radio.value] ?? "");
      if (!room.textContent) room.remove();
    });
  };
  const orderButton = form.querySelector("[data-order-words]");
  const freeWords = orderButton?.textContent;
  const sayOutlook = (copies, { sentences, order_words = freeWords, is_due = false, key = "", promise = [], choices = {}, limits = {}, needed_by = "" }) => {
    postage.querySelector("[data-postage-says]").replaceChildren(...paragraphs(sentences));
    show(postage, sentences.length > 0);
    if (orderButton?.dataset.words) orderButton.dataset.words = order_words;  // it is being sent: see sending.js
    else if (orderButton) orderButton.textContent = order_words;
    show(billing, is_due || isFilled(billing));
    shown.value = key === value("postage_asked") ? "" : key;
    form.querySelector("[data-promise]").replaceChildren(...paragraphs(promise));
    explain(choices);
    const short = form.querySelector("[data-short]");
    show(short, Object.keys(choices).length > 0 || value("when_short") !== "send" || Boolean(short.querySelector("[aria-invalid]")));
    for (const room of form.querySelectorAll("[data-limit]")) {
      describe(form.elements[`copies-${room.dataset.limit}`], room, limits[room.dataset.limit] ?? "");
    }
    const day = form.elements.needed_by;
    const isRefused = day.getAttribute("aria-invalid") === "true" && day.value === day.defaultValue;
    describe(day, form.querySelector("[data-late]"), isRefused ? "" : needed_by);
    say("copies", [copies && `${copies}.`, ...promise, ...Object.values(limits), ...sentences].filter(Boolean).join(" "));
    say("late", isRefused ? "" : needed_by);
  };
  let outlookOf = null;
  let outlookLater;
  const askOutlook = (copies) => {
    const query = new URLSearchParams();
    if (form.dataset.order) query.set("order", form.dataset.order);
    for (const name of ["audience", "delivery", "when_short", "needed_by"]) query.set(name, value(name));
    for (const line of parts("copies-of")) {
      const field = document.getElementById(line.dataset.copiesOf);
      query.set(field.name, copiesIn(field));
    }
    if (outlookOf === String(query)) return;
    outlookOf = String(query);
    clearTimeout(outlookLater);
    asked.outlook?.abort();
    shown.value = "";
    if (!copies) sayOutlook("", { sentences: [] });
    else outlookLater = setTimeout(() => {
      ask("outlook", `${postage.dataset.postage}?${query}`, {}, (found) => sayOutlook(copies, found));
    }, 250);
  };

  /* The class helper fills in the copies, when it is asked to. */
  helper?.querySelector("[name=propose]").addEventListener("click", (event) => {
    event.preventDefault();
    const query = new URLSearchParams();
    for (const field of helper.querySelectorAll("input")) query.set(field.name, field.value);
    ask("suggestion", `${helper.dataset.helper}?${query}`, {}, ({ copies, said }) => {
      for (const [code, number] of Object.entries(copies)) {
        const field = form.elements[`copies-${code}`];
        if (!field) continue;
        field.value = String(number);
        wake(field);
      }
      helper.querySelector("[data-suggested]").textContent = said;
      say("suggestion", said);
    });
  });
  helper?.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.target.tagName !== "INPUT") return;
    event.preventDefault();
    helper.querySelector("[name=propose]").click();
  });

  /* Another language: what is typed goes along, as it does without a script once the form has come back. */
  const isTyped = () => [...form.querySelectorAll("input, textarea")].some((field) =>
    field.value !== field.defaultValue || field.checked !== field.defaultChecked);
  document.querySelector(".languages")?.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (!link || !isTyped()) return;
    event.preventDefault();
    const button = make("button", { name: "language_switch", value: "typed", formAction: link.href, hidden: true });
    form.append(button);
    form.requestSubmit(button);
  });

  form.addEventListener("input", () => { offerParts(); summarise(); });
  window.addEventListener("pageshow", () => { offerParts(); summarise(); });
  show(summary, true);
  offerParts();
  summarise();
  window.pliOrder = { form, value, make, ask, say, wake };
})();
