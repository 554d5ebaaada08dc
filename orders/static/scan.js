/* Scanning without leaving the page: each scan is sent on its own, in turn, and what it is is said, shown and sounded.
   Everything works without it, one page a scan. */
(() => {
  "use strict";
  const form = document.querySelector("[data-scan]");
  const result = document.getElementById("scan-result");
  if (!form || !result) return;
  const undo = document.getElementById("scan-undo");
  const field = form.elements.reference;
  const tools = form.querySelector("[data-scan-tools]");
  const lost = form.querySelector("[data-scan-lost]");
  tools.hidden = false;

  /* Short tones, one pattern for each kind of answer: [Hz, from, for how long] in seconds. */
  const TONES = {
    done: [[1320, 0, 0.09]],
    again: [[660, 0, 0.08], [660, 0.14, 0.08]],
    ask: [[660, 0, 0.09], [880, 0.12, 0.12]],
    stop: [[160, 0, 0.6]],
    mistyped: [[330, 0, 0.12], [220, 0.16, 0.2]],
    unknown: [[220, 0, 0.12], [220, 0.18, 0.12], [220, 0.36, 0.12]],
  };
  const KEY = "pli-scan-sound";
  const sound = tools.querySelector("[data-scan-sound]");
  let heard = true;
  try { heard = localStorage.getItem(KEY) !== "off"; } catch { /* no storage: sound as by default */ }
  let audio = null;
  const showSound = () => {
    sound.setAttribute("aria-pressed", String(heard));
    sound.textContent = heard ? sound.dataset.on : sound.dataset.off;
  };
  sound.addEventListener("click", () => {
    heard = !heard;
    try { localStorage.setItem(KEY, heard ? "on" : "off"); } catch { /* kept for this page only */ }
    showSound();
    if (heard) play("done");
    field.focus();
  });
  const play = (tone) => {
    if (!heard || !(tone in TONES) || !window.AudioContext) return;
    audio = audio || new AudioContext();
    if (audio.state === "suspended") audio.resume();
    for (const [pitch, from, length] of TONES[tone]) {
      const [voice, volume, start] = [audio.createOscillator(), audio.createGain(), audio.currentTime + from];
      voice.type = tone === "stop" ? "square" : "sine";
      voice.frequency.value = pitch;
      volume.gain.setValueAtTime(0.0001, start);
      volume.gain.linearRampToValueAtTime(0.25, start + 0.01);
      volume.gain.linearRampToValueAtTime(0.0001, start + length);
      voice.connect(volume).connect(audio.destination);
      voice.start(start);
      voice.stop(start + length);
    }
  };
  showSound();

  /* One after the other, in the order of the scans; the field is free for the next one at once. */
  let line = Promise.resolve();
  const send = (address, data) => {
    line = line.then(async () => {
      try {
        const answer = await fetch(address, { method: "POST", body: new URLSearchParams(data), credentials: "same-origin" });
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        const said = page.getElementById("scan-result");
        if (!said) {
          if (answer.redirected) location.reload(); /* signed out meanwhile */
          throw new Error(String(answer.status));
        }
        lost.hidden = true;
        result.replaceChildren(...said.childNodes);
        if (undo) undo.replaceChildren(...page.getElementById("scan-undo").childNodes);
        if (result.getBoundingClientRect().top > window.innerHeight * 0.6) result.scrollIntoView({ block: "center" });
        play(result.querySelector("[data-tone]")?.dataset.tone);
      } catch {
        lost.hidden = false;
        play("stop");
      }
    });
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!field.value.trim()) return;
    send(form.action, new FormData(form));
    field.value = "";
    field.removeAttribute("aria-invalid");
    field.focus();
  });
  for (const place of [result, undo].filter(Boolean)) {
    place.addEventListener("submit", (event) => {
      event.preventDefault();
      send(event.target.action, new FormData(event.target));
      field.focus();
    });
  }

  /* A scanner types wherever the focus is: letters that land on nothing go to the field. */
  document.addEventListener("keydown", (event) => {
    if (event.key.length !== 1 || event.key === " " || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input:not([type=radio]), textarea, select")) return;
    field.focus();
  });

  /* The camera, where the browser can read bar codes by itself. */
  const camera = tools.querySelector("[data-scan-camera]");
  const video = form.querySelector("[data-scan-video]");
  if (!("BarcodeDetector" in window) || !navigator.mediaDevices?.getUserMedia) return;
  camera.hidden = false;
  const PAUSE = 150; /* ms between two looks */
  const FORGET = 2500; /* ms after which the same code counts as a new scan */
  let stream = null;
  let last = { text: "", at: 0 };
  const close = () => {
    stream?.getTracks().forEach((track) => track.stop());
    stream = null;
    video.hidden = true;
    camera.setAttribute("aria-pressed", "false");
    camera.textContent = camera.dataset.off;
  };
  const watch = async (detector) => {
    if (!stream) return;
    const codes = await detector.detect(video).catch(() => []);
    const text = codes[0]?.rawValue || "";
    const now = performance.now();
    if (text && (text !== last.text || now - last.at > FORGET)) {
      field.value = text;
      form.requestSubmit();
    }
    if (text) last = { text, at: now };
    setTimeout(watch, PAUSE, detector);
  };
  camera.addEventListener("click", async () => {
    if (stream) return close();
    try {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
      video.srcObject = stream;
      video.hidden = false;
      await video.play();
      camera.setAttribute("aria-pressed", "true");
      camera.textContent = camera.dataset.on;
      watch(new BarcodeDetector({ formats: ["code_128", "qr_code"] }));
    } catch {
      close();
      camera.textContent = camera.dataset.refused;
    }
  });
  window.addEventListener("pagehide", close);
})();
