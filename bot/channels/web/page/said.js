// Said: the conversation of this page; its tab keeps it, so that a reload brings it back with what was done with it.

import { newId, unsent } from "./wire.js";

const SAID = "kotae.said";
const TALK = "kotae.talk";
const KEPT = 40; // exchanges

export class Said {
  // Under what follow-ups are read: each tab talks for itself; what a closed one left unsent goes on in the next.
  talk;
  #exchanges;

  constructor() {
    this.#exchanges = kept(SAID) ?? [];
    this.talk = kept(TALK) ?? unsent().at(-1)?.talk ?? newId();
    keep(TALK, this.talk);
  }

  get exchanges() {
    return [...this.#exchanges];
  }

  add(exchange) {
    this.#exchanges = [...this.#exchanges, exchange].slice(-KEPT);
    this.keep();
  }

  keep() {
    keep(SAID, this.#exchanges);
  }

  forget() {
    this.#exchanges = [];
    this.keep();
  }
}

function kept(key) {
  try {
    return JSON.parse(sessionStorage.getItem(key));
  } catch {
    return null;
  }
}

function keep(key, value) {
  try {
    sessionStorage.setItem(key, JSON.stringify(value));
  } catch {
    // a reload then begins anew
  }
}
