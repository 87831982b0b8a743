// Typing: the names that may be meant, above the keyboard; chosen by touch or by arrow keys.

import { element } from "./elements.js";
import { look } from "./wire.js";

const PAUSE = 120;

export class Typing {
  #field;
  #list;
  #latest = 0;
  #timer = 0;

  constructor(field, list) {
    this.#field = field;
    this.#list = list;
    field.addEventListener("input", () => this.#later());
    field.addEventListener("keydown", (event) => this.#key(event));
    field.addEventListener("blur", () => this.close());
  }

  close() {
    this.#latest += 1;
    clearTimeout(this.#timer);
    this.#list.hidden = true;
    this.#list.replaceChildren();
    this.#field.setAttribute("aria-expanded", "false");
    this.#field.removeAttribute("aria-activedescendant");
  }

  #later() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#suggest(), PAUSE);
  }

  async #suggest() {
    const typed = this.#field.value.trim();
    const mine = (this.#latest += 1);
    if (!typed || typed.length > 40) return this.close();
    const { names } = await look(`/api/suggest?q=${encodeURIComponent(typed)}`).catch(() => ({ names: [] }));
    if (mine !== this.#latest) return undefined; // something else was typed meanwhile
    return names.length && !names.some(({ name }) => name === typed) ? this.#show(names) : this.close();
  }

  #show(names) {
    this.#list.replaceChildren(...names.map((one, at) => this.#option(one, at)));
    this.#list.hidden = false;
    this.#field.setAttribute("aria-expanded", "true");
    this.#field.removeAttribute("aria-activedescendant");
  }

  #option({ label, name }, at) {
    const option = element("li", { text: label, attributes: { id: `name-${at}`, role: "option", "aria-selected": "false" } });
    option.dataset.name = name;
    option.addEventListener("pointerdown", (event) => event.preventDefault()); // the keyboard stays
    option.addEventListener("click", () => this.#take(option));
    return option;
  }

  #take(option) {
    this.#field.value = option.dataset.name;
    this.#field.focus();
    this.close();
  }

  #key(event) {
    if (event.isComposing || this.#list.hidden) return;
    const options = [...this.#list.children];
    const at = options.findIndex((one) => one.getAttribute("aria-selected") === "true");
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const step = event.key === "ArrowDown" ? 1 : -1;
      this.#point(options, at < 0 && step < 0 ? options.length - 1 : (at + step + options.length) % options.length);
    } else if (event.key === "Enter" && at >= 0) this.#take(options[at]);
    else if (event.key === "Escape") this.close();
    else return;
    event.preventDefault();
  }

  #point(options, to) {
    options.forEach((one, at) => one.setAttribute("aria-selected", String(at === to)));
    options[to].scrollIntoView({ block: "nearest" });
    this.#field.setAttribute("aria-activedescendant", options[to].id);
  }
}
