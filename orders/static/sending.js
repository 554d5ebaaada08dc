/* A form that is on its way says so, and is not sent twice. A network that gives no answer gives the button back. */
(() => {
  "use strict";
  const form = document.querySelector("[data-sending]");
  if (!form) return;
  const PATIENCE = 20_000;
  const main = form.querySelector(".btn-large");
  let later;
  const release = () => {
    if (!main.dataset.words) return;
    clearTimeout(later);
    main.textContent = main.dataset.words;
    main.removeAttribute("aria-disabled");
    delete main.dataset.words;
  };
  form.addEventListener("submit", (event) => {
    if (main.dataset.words) {
      event.preventDefault();
      return;
    }
    main.dataset.words = main.textContent;
    main.textContent = form.dataset.sending;
    main.setAttribute("aria-disabled", "true");
    window.pliOrder?.say("sending", form.dataset.sending);
    later = setTimeout(release, PATIENCE);
  });
  addEventListener("pageshow", release);
})();
