// Elements: made of text only, so that nothing that a table or a person wrote is ever taken for markup.

const words = document.getElementById("words").dataset;

export const word = (name) => words[name];

export function element(tag, { text = "", kind = "", attributes = {}, on = {} } = {}, ...children) {
  const made = document.createElement(tag);
  if (kind) made.className = kind;
  if (text) made.textContent = text;
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  for (const [name, react] of Object.entries(on)) made.addEventListener(name, react);
  made.append(...children.filter(Boolean));
  return made;
}

export function button(text, press, { kind = "", attributes = {} } = {}) {
  return element("button", { text, kind, attributes: { type: "button", ...attributes }, on: { click: once(press) } });
}

const AGAIN = 700; // milliseconds in which a second tap is the same one

function once(press) {
  let last = -AGAIN;
  return (event) => {
    if (event.timeStamp - last < AGAIN) return;
    last = event.timeStamp;
    press(event);
  };
}

let hiding = 0;

export function toast(text) {
  const shown = document.getElementById("toast");
  shown.textContent = text;
  shown.classList.add("shown");
  clearTimeout(hiding);
  hiding = setTimeout(() => shown.classList.remove("shown"), 3000);
}
