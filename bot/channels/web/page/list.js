// List: every project under its goal and policy, to be found without typing.

import { button, element, word } from "./elements.js";
import { look, Refusal } from "./wire.js";

const OPEN = "list";

export class List {
  #sheet;
  #places;
  #title;
  #press;

  constructor(sheet, press) {
    this.#sheet = sheet;
    this.#press = press;
    this.#places = sheet.querySelector("#places");
    this.#title = sheet.querySelector("h2");
    sheet.querySelector("#close").addEventListener("click", () => sheet.close());
    sheet.addEventListener("click", (event) => event.target === sheet && sheet.close());
    // A phone's way back leads out of the list, not away from the page.
    sheet.addEventListener("close", () => history.state === OPEN && history.back());
    addEventListener("popstate", () => sheet.close());
    if (history.state === OPEN) history.back(); // reloaded while it was open
  }

  async open() {
    this.#places.replaceChildren();
    this.#sheet.showModal();
    this.#title.focus();
    history.pushState(OPEN, "");
    await this.#go("");
  }

  async #go(at) {
    try {
      const page = await look(`/api/list?at=${encodeURIComponent(at)}`);
      this.#places.replaceChildren(...this.#entries(page));
      this.#title.textContent = page.text;
    } catch (problem) {
      const line = problem instanceof Refusal ? problem.message : word("unreached");
      this.#places.replaceChildren(element("p", { text: line }));
    }
    this.#sheet.scrollTop = 0;
    if (!this.#sheet.contains(document.activeElement)) this.#title.focus(); // who has gone on by Tab is left there
  }

  #entries(page) {
    const made = page.buttons.map((one) => [one, button(one.label, () => this.#chosen(one))]);
    const moves = made.filter(([one]) => isMove(one)).map(([, shown]) => shown);
    const entries = made.filter(([one]) => !isMove(one)).map(([, shown]) => shown);
    return moves.length ? [...entries, element("div", { kind: "moves" }, ...moves)] : entries;
  }

  #chosen({ kind, label, press }) {
    if (kind === "place" || kind === "move") return this.#go(press.slice(1));
    this.#sheet.close();
    return this.#press(press, label);
  }
}

const isMove = ({ kind }) => kind === "move";
