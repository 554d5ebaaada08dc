/* The point of a form is moved on its map: with a mouse or a finger, or with the arrow keys. It writes the two fields
   of coordinates, in which one can also type. */
(() => {
  "use strict";
  const box = document.querySelector("[data-movable-point]");
  if (!box) return;
  const { west, north, across, down } = JSON.parse(box.dataset.projection);
  const map = box.querySelector("svg");
  const latitude = box.querySelector("[name=latitude]");
  const longitude = box.querySelector("[name=longitude]");
  const number = (field) => Number.parseFloat(field.value.replace(",", "."));

  let point = map.querySelector(".belgium-here");
  if (!point) {
    point = document.createElementNS("http://www.w3.org/2000/svg", "circle");
    const { x, y, width, height } = map.viewBox.baseVal;
    point.setAttribute("class", "belgium-here");
    point.setAttribute("cx", String(x + width / 2));
    point.setAttribute("cy", String(y + height / 2));
    point.setAttribute("r", String((13 * width) / 990));
    map.append(point);
  }
  map.setAttribute("role", "group");
  point.setAttribute("tabindex", "0");
  point.setAttribute("role", "button");
  point.setAttribute("aria-label", box.querySelector("[data-label]").textContent);
  box.querySelector("[data-how]").hidden = false;

  const place = (x, y) => {
    const frame = map.viewBox.baseVal;
    const inside = (value, start, length) => Math.min(Math.max(value, start), start + length);
    point.setAttribute("cx", String(inside(x, frame.x, frame.width)));
    point.setAttribute("cy", String(inside(y, frame.y, frame.height)));
  };
  const write = () => {
    latitude.value = (north - point.cy.baseVal.value / down).toFixed(4);
    longitude.value = (west + point.cx.baseVal.value / across).toFixed(4);
  };
  const follow = (event) => {
    const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(map.getScreenCTM().inverse());
    place(at.x, at.y);
    write();
  };

  map.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    point.focus({ preventScroll: true });
    map.setPointerCapture(event.pointerId);
    follow(event);
  });
  map.addEventListener("pointermove", (event) => {
    if (map.hasPointerCapture(event.pointerId)) follow(event);
  });
  const moves = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  point.addEventListener("keydown", (event) => {
    const move = moves[event.key];
    if (!move) return;
    event.preventDefault();
    const step = (map.viewBox.baseVal.width / 200) * (event.shiftKey ? 10 : 1);
    place(point.cx.baseVal.value + move[0] * step, point.cy.baseVal.value + move[1] * step);
    write();
  });
  for (const field of [latitude, longitude]) {
    field.addEventListener("change", () => {
      if (Number.isNaN(number(latitude)) || Number.isNaN(number(longitude))) return;
      place((number(longitude) - west) * across, (north - number(latitude)) * down);
    });
  }
})();
