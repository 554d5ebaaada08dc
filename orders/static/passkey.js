"use strict";
// Hands the options of the page to the browser's passkeys, and sends the answer back. The reading and writing of both
// is done by Flask-Security's webauthn.js.

const form = document.querySelector("[data-passkey]");
if (form) {
  const ask = form.dataset.passkey === "create" ? handleRegister : handleSignin;
  ask(form.dataset.options).then(({ credential, error_msg }) => {
    if (error_msg) {
      form.querySelector("[data-passkey-failed]").hidden = false;
      return;
    }
    form.elements.credential.value = credential;
    form.submit();
  });
}
