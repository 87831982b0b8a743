// Wire: what is asked is kept in the browser until its answer is here, and sent again under the same id until then.

const UNSENT = "kotae.unsent."; // with the id behind it: two pages that are open at once don't write over each other
const PATIENCE = 30000;
const PAUSES = [1000, 2000, 4000, 8000, 15000];

export class Refusal extends Error {
  constructor(line, status) {
    super(line);
    this.status = status;
  }
}

// One look at something that changes nothing.
export async function look(path) {
  const response = await fetch(path, { headers: { accept: "application/json" } });
  return read(response);
}

async function read(response) {
  const content = await response.json().catch(() => ({}));
  if (response.ok) return content;
  if (response.status >= 500 || response.status === 429 || response.status === 408) throw new TypeError(content.error);
  throw new Refusal(content.error || String(response.status), response.status);
}

// What waits, of this page and of others, in the order in which it was asked.
export function unsent() {
  try {
    const keys = Object.keys(localStorage).filter((key) => key.startsWith(UNSENT));
    return keys.map((key) => JSON.parse(localStorage.getItem(key))).sort((one, other) => one.at - other.at);
  } catch {
    return [];
  }
}

export const newId = () => {
  const bytes = crypto.getRandomValues(new Uint8Array(16)); // randomUUID is missing where there is no HTTPS
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
};

// Sends in order, one after the other; each question is answered once, whatever becomes of the network.
export class Wire {
  #unsent = unsent();
  #begun = false;
  #working = false;
  #wake = () => {};

  constructor({ answered, refused, reached }) {
    Object.assign(this, { answered, refused, reached });
    addEventListener("online", () => this.#wake());
    document.addEventListener("visibilitychange", () => this.#wake());
  }

  get unsent() {
    return this.#unsent;
  }

  send(asked) {
    const at = Math.max(Date.now(), (this.#unsent.at(-1)?.at ?? 0) + 1);
    this.#unsent.push({ ...asked, at });
    this.#keep(this.#unsent.at(-1));
    this.#work();
  }

  // What is sent before the page stands is kept, and goes out after what waits from earlier.
  begin() {
    this.#begun = true;
    this.#work();
  }

  async #work() {
    if (this.#working || !this.#begun) return;
    this.#working = true;
    for (let tries = 0; this.#unsent.length; tries += 1) {
      const asked = this.#unsent[0];
      try {
        const reply = await this.#ask(asked);
        this.#done();
        this.reached(true);
        this.answered(asked, reply);
        tries = -1;
      } catch (problem) {
        if (problem instanceof Refusal) {
          this.#done();
          this.refused(asked, problem);
          tries = -1;
        } else {
          this.reached(false, problem.message);
          await this.#pause(PAUSES[Math.min(tries, PAUSES.length - 1)]);
        }
      }
    }
    this.#working = false;
  }

  async #ask({ id, talk, text, press, join }) {
    const response = await fetch("/api/ask", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ id, talk, text, press, join }),
      signal: AbortSignal.timeout(PATIENCE),
    });
    return read(response);
  }

  #done() {
    const { id } = this.#unsent.shift();
    try {
      localStorage.removeItem(UNSENT + id);
    } catch {
      // it keeps nothing
    }
  }

  #keep(asked) {
    try {
      localStorage.setItem(UNSENT + asked.id, JSON.stringify(asked));
    } catch {
      // a browser that keeps nothing still sends what is here
    }
  }

  #pause(most) {
    return new Promise((resolve) => {
      const end = setTimeout(resolve, most);
      this.#wake = () => {
        clearTimeout(end);
        resolve();
      };
    });
  }
}
