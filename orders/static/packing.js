/* Several people pack one dispatch: every few seconds the marks of the others are asked for and shown.
   Everything works without it, after the page is loaded again. */
(() => {
  "use strict";
  const packing = document.querySelector("[data-packing]");
  if (!packing) return;
  const EVERY = 4000; /* ms between two looks */
  const REST = 30 * 60 * 1000; /* ms without a hand on the page after which nobody looks any more */
  const ended = document.querySelector("[data-ended]");
  let known = "";
  let touched = Date.now();
  for (const sign of ["keydown", "pointerdown"]) document.addEventListener(sign, () => { touched = Date.now(); });

  /* Rows of which the mark has changed are taken from the page as it is now, unless somebody is in them. */
  const refresh = async () => {
    const answer = await fetch(location.href, { credentials: "same-origin" });
    if (!answer.ok || answer.redirected) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const place of ["[data-packed-line]", "[data-packed-of]"]) {
      const [old, now] = [document.querySelector(place), page.querySelector(place)];
      if (old && now) old.replaceWith(now);
    }
    for (const row of document.querySelectorAll(".parcel")) {
      const now = page.getElementById(row.id);
      if (now && now.className !== row.className && !row.contains(document.activeElement)) row.replaceWith(now);
    }
  };

  const show = async (marks) => {
    if (!marks.is_open || String(marks.version) !== packing.dataset.version) {
      ended.hidden = false;
      return;
    }
    const taken = packing.querySelector("[data-taken]");
    if (taken) taken.hidden = !marks.packed.includes(Number(packing.dataset.current));
    const now = marks.packed.join();
    if (known && now !== known) await refresh();
    known = now;
  };

  const look = async () => {
    const isIdle = Date.now() - touched > REST;
    if (!document.hidden && !isIdle) {
      try {
        const answer = await fetch(packing.dataset.marks, { credentials: "same-origin", cache: "no-cache" });
        if (answer.redirected || answer.status === 403) ended.hidden = false;
        else if (answer.ok) await show(await answer.json());
      } catch { /* no network for a moment: the next look tells */ }
    }
    if (ended.hidden) setTimeout(look, EVERY);
  };
  look();
})();
