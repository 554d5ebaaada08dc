/* The address of an order: the places of a postcode as a list, and what could be mended as buttons, while it is typed.
   Without it the form does the same when it comes back. */
(() => {
  "use strict";
  if (!window.pliOrder) return;
  const { form, value, make, ask, say, wake } = window.pliOrder;

  const addressFields = ["name", "organisation", "department", "building", "street", "number", "box", "postcode", "town"];
  const roomOf = { department: "building", number: "street", box: "street", postcode: "town" };
  const room = (name) => document.getElementById(`help-${roomOf[name] ?? name}`);
  const helped = addressFields.concat("email").filter((name) => room(name));
  const places = form.querySelector("[data-places]");
  form.elements.town.setAttribute("list", places.id);
  let placesOf = "";
  const askPlaces = () => {
    const postcode = value("postcode");
    if (postcode === placesOf || !/^[0-9]{4}$/.test(postcode)) return;
    placesOf = postcode;
    ask("places", `${places.dataset.places}?postcode=${postcode}`, {}, (found) => {
      if (found.places.length === 1 && !value("town")) {
        form.elements.town.value = found.places[0];
        wake(form.elements.town);
      }
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
      const done = place.querySelectorAll("[data-done]");
      if (place.contains(document.activeElement) && place.textContent === content.map((each) => each.textContent).join("")) continue;
      place.replaceChildren(...done, ...content);
    }
    for (const name of helped) describe(form.elements[name]);
    const text = said.filter(Boolean).join(" ");
    say("address", text);
  };
  let mendingsOf = "";
  const askMendings = () => {
    const body = new URLSearchParams({ csrf_token: value("csrf_token") });
    for (const name of helped) body.set(name, typedIn(name));
    if (mendingsOf === String(body)) return;
    mendingsOf = String(body);
    ask("mendings", form.dataset.mendings, { method: "POST", body }, showMendings);
  };
  for (const name of helped) describe(form.elements[name]);
  form.addEventListener("change", ({ target }) => { if (helped.includes(target.name)) askMendings(); });
  form.addEventListener("input", ({ target }) => {
    if (helped.includes(target.name)) room(target.name).querySelectorAll(".mended").forEach((said) => said.remove());
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

  window.addEventListener("pageshow", askPlaces);
})();
