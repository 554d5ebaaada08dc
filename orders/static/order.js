/* The order form, made easier: plus and minus, the organisation when it makes sense, the order beside the form.
   Everything works without it. */
(() => {
  "use strict";
  const form = document.querySelector("[data-order]");
  if (!form) return;
  document.documentElement.classList.add("js");

  const MOST = 5000;
  const clean = (text) => text.replace(/\s+/g, " ").trim();
  const value = (name) => clean(form.elements[name]?.value ?? "");
  const show = (element, shown) => { element.hidden = !shown; };
  const copiesIn = (field) => {
    const typed = field.value.replace(/\s/g, "");
    return /^[0-9]{1,6}$/.test(typed) ? Number(typed) : 0;
  };

  for (const stepper of form.querySelectorAll("[data-stepper]")) {
    const field = stepper.querySelector("input");
    stepper.addEventListener("click", (event) => {
      const button = event.target.closest("[data-step]");
      if (!button) return;
      const next = copiesIn(field) + Number(button.dataset.step);
      field.value = String(Math.min(MOST, Math.max(0, next)));
      field.dispatchEvent(new Event("input", { bubbles: true }));
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

  let announcement;
  const say = (text) => {
    clearTimeout(announcement);
    announcement = setTimeout(() => {
      const status = part("status");
      if (status.textContent !== text) status.textContent = text;
    }, 700);
  };

  const summarise = () => {
    const asked = [];
    for (const line of parts("copies-of")) {
      const copies = copiesIn(document.getElementById(line.dataset.copiesOf));
      line.querySelector("strong").textContent = copies.toLocaleString("fr-BE");
      show(line, copies > 0);
      if (copies > 0) asked.push(`${copies} × ${line.dataset.title}`);
    }
    show(part("nothing"), asked.length === 0);
    const pickup = value("delivery") === "pickup";
    const lines = addressLines();
    for (const element of parts("for-post")) show(element, !pickup && lines.length > 0);
    for (const element of parts("for-pickup")) show(element, pickup);
    part("address").replaceChildren(
      ...lines.map((line) => Object.assign(document.createElement("span"), { textContent: line })),
    );
    say(asked.join(", "));
  };

  form.addEventListener("input", () => { offerOrganisation(); summarise(); });
  window.addEventListener("pageshow", () => { offerOrganisation(); summarise(); });
  show(summary, true);
  offerOrganisation();
  summarise();
})();
