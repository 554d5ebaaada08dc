/* A page that says what is near asks for the position only when its button is pressed. It is sent to about a
   kilometre only. */
(() => {
  "use strict";
  const form = document.querySelector("[data-position]");
  if (!form || !("geolocation" in navigator)) return;
  form.hidden = false;
  const said = form.querySelector("[role=status]");
  form.addEventListener("submit", (event) => {
    if (form.elements.latitude.value) return;
    event.preventDefault();
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        form.elements.latitude.value = coords.latitude.toFixed(2);
        form.elements.longitude.value = coords.longitude.toFixed(2);
        form.requestSubmit();
      },
      () => { said.textContent = said.dataset.refused; },
      { maximumAge: 600_000, timeout: 10_000 },
    );
  });
})();
