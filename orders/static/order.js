/* The order form, made easier: plus and minus, the organisation when it makes sense, the order beside the form,
   places and mendings of an address, postage, the class helper. Everything works without it. */
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
    field.addEventListener("focus", () => field.select());
  }

  const organisation = form.querySelector("[data-organisation]");
  const alone = new Set(["", "family"]);
  const offerOrganisation = () => {
    const wrong = organisation.querySelector("[aria-invalid]");
    show(organisation, !alone.has(value("audience")) || value("organisation") !== "" || wrong);
  };

  const summary = form.querySelector("[data-summary]");
  const part = (name) => summary.querySelector(`[data-${name}]`);
  const parts = (name) => summary.querySelectorAll(`[data-${name}]`);

  const addressLines = () => {
    const box = value("box");
    const printed = part("address");
    return [
      value("name"),
      value("department"),
      value("organisation"),
      value("building"),
      clean(`${value("street")} ${value("number")} ${box && `${printed.dataset.box} ${box}`}`),
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
      show(line, copies > 0);
      if (copies > 0) copiesAsked.push(`${copies} × ${line.dataset.title}`);
    }
    show(part("nothing"), copiesAsked.length === 0);
    const pickup = value("delivery") === "pickup";
    const lines = addressLines();
    for (const element of parts("for-post")) show(element, !pickup && lines.length > 0);
    for (const element of parts("for-pickup")) show(element, pickup);
    part("address").replaceChildren(...lines.map((line) => make("span", { textContent: line })));
    askPostage(copiesAsked.join(", "), pickup);
  };

  /* Letter or parcel: one announcement with the copies, when both are known. */
  const postage = form.querySelector("[data-postage]");
  summary.append(postage);
  let postageOf = null;
  const sayPostage = (copies, sentences) => {
    const paragraphs = sentences.map((text) => make("p", { textContent: text }));
    postage.querySelector("[data-postage-says]").replaceChildren(...paragraphs);
    show(postage, sentences.length > 0);
    say("copies", [copies && `${copies}.`, ...sentences].filter(Boolean).join(" "));
  };
  let postageLater;
  const askPostage = (copies, pickup) => {
    const query = new URLSearchParams({ delivery: pickup ? "pickup" : "post" });
    for (const line of parts("copies-of")) {
      const field = document.getElementById(line.dataset.copiesOf);
      query.set(field.name, copiesIn(field));
    }
    if (postageOf === String(query)) return;
    postageOf = String(query);
    clearTimeout(postageLater);
    asked.postage?.abort();
    if (!copies) sayPostage("", []);
    else postageLater = setTimeout(() => {
      ask("postage", `${postage.dataset.postage}?${query}`, {}, (found) => sayPostage(copies, found.sentences));
    }, 250);
  };

  /* The address: the places of a postcode as a list, and what could be mended as buttons. */
  const addressFields = ["name", "organisation", "department", "building", "street", "number", "box", "postcode", "town"];
  const roomOf = { department: "building", number: "street", box: "street", postcode: "town" };
  const room = (name) => document.getElementById(`help-${roomOf[name] ?? name}`);
  const places = form.querySelector("[data-places]");
  form.elements.town.setAttribute("list", places.id);
  let placesOf = "";
  const askPlaces = () => {
    const postcode = value("postcode");
    if (postcode === placesOf || !/^[0-9]{4}$/.test(postcode)) return;
    placesOf = postcode;
    ask("places", `${places.dataset.places}?postcode=${postcode}`, {}, (found) => {
      places.replaceChildren(...found.places.map((place) => new Option("", place)));
    });
  };

  /* A field drops the line breaks of what is pasted; they tell where the parts of an address end. */
  const pasted = {};
  form.addEventListener("paste", ({ target, clipboardData }) => {
    const text = clipboardData?.getData("text") ?? "";
    if (!addressFields.includes(target.name) || !/[\r\n]/.test(text.trim())) return;
    if (target.value && target.selectionEnd - target.selectionStart < target.value.length) return;
    setTimeout(() => {
      pasted[target.name] = { value: target.value, text };
      askMendings();
    });
  });
  const typedIn = (name) => {
    const typed = form.elements[name].value;
    return pasted[name]?.value === typed ? pasted[name].text : typed;
  };

  const button = ({ label, changes }) => {
    const made = make("button", { type: "button", className: "btn btn-quiet", textContent: label });
    made.dataset.changes = JSON.stringify(changes);
    return made;
  };
  const describe = (field) => {
    const kept = (field.getAttribute("aria-describedby") ?? "").split(" ").filter((id) => id && !id.startsWith("help-"));
    if (room(field.name).childElementCount) kept.push(room(field.name).id);
    if (kept.length) field.setAttribute("aria-describedby", kept.join(" "));
    else field.removeAttribute("aria-describedby");
  };
  const showMendings = (found) => {
    const said = [];
    for (const place of form.querySelectorAll("[data-help]")) {
      const { question = "", mendings = [] } = found[place.dataset.help] ?? {};
      const content = [];
      if (question) content.push(make("p", { className: "hint", textContent: question }));
      if (mendings.length) {
        content.push(make("p", { className: "actions" }));
        content.at(-1).append(...mendings.map(button));
      }
      said.push(question, ...mendings.map(({ label }) => label));
      if (content.length) place.closest("details")?.setAttribute("open", "");
      if (place.contains(document.activeElement) && place.textContent === content.map((each) => each.textContent).join("")) continue;
      place.replaceChildren(...content);
    }
    for (const name of addressFields) describe(form.elements[name]);
    const text = said.filter(Boolean).join(" ");
    say("address", text);
  };
  let mendingsOf = "";
  const askMendings = () => {
    const body = new URLSearchParams({ csrf_token: value("csrf_token") });
    for (const name of addressFields) body.set(name, typedIn(name));
    if (mendingsOf === String(body)) return;
    mendingsOf = String(body);
    ask("mendings", form.dataset.mendings, { method: "POST", body }, showMendings);
  };
  for (const name of addressFields) describe(form.elements[name]);
  form.addEventListener("change", ({ target }) => { if (addressFields.includes(target.name)) askMendings(); });
  form.addEventListener("input", ({ target }) => {
    if (target.name === "postcode") askPlaces();
    if (target.name === "postcode" && value("postcode").length === 4) askMendings();
  });
  form.addEventListener("click", (event) => {
    const pressed = event.target.closest("[data-changes]");
    if (!pressed) return;
    event.preventDefault();
    const changes = Object.entries(JSON.parse(pressed.dataset.changes));
    for (const [name, changed] of changes) form.elements[name].value = changed;
    const first = form.elements[changes[0][0]];
    first.focus();
    wake(first);
    askMendings();
  });

  /* The class helper fills in the copies, when it is asked to. */
  const helper = form.querySelector("[data-helper]");
  helper.querySelector("[name=propose]").addEventListener("click", (event) => {
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
  helper.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.target.tagName !== "INPUT") return;
    event.preventDefault();
    helper.querySelector("[name=propose]").click();
  });

  form.addEventListener("input", () => { offerOrganisation(); summarise(); });
  window.addEventListener("pageshow", () => { offerOrganisation(); summarise(); askPlaces(); });
  show(summary, true);
  offerOrganisation();
  summarise();
})();
