// Kotae: the page; what is asked on the right, what is answered on the left.

import { card, picture, plainCard, reasons } from "./cards.js";
import { element, toast, word } from "./elements.js";
import { List } from "./list.js";
import { Typing } from "./typing.js";
import { look, newId, Refusal, Wire } from "./wire.js";

const SAID = "kotae.said";
const KEPT = 40; // exchanges that a reload brings back

const log = document.getElementById("log");
const form = document.getElementById("ask");
const network = document.getElementById("network");
const field = document.getElementById("question");
const typing = new Typing(field, document.getElementById("names"));
const list = new List(document.getElementById("list"), (press, label) => send({ press, label }));
const wire = new Wire({ answered, refused, reached });

const silent = new Map(); // id → what to do with a reply that is no message of its own
const said = [];
let thinking = null;

// asking

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const text = field.value.trim();
  if (!text) return field.focus();
  field.value = "";
  typing.close();
  if (matchMedia("(hover: none)").matches) field.blur(); // a phone's keyboard would hide the answer
  return send({ text, label: text });
});

field.addEventListener("keydown", (event) => {
  // The Enter that ends a conversion from kana must not send.
  if (event.key === "Enter" && (event.isComposing || event.keyCode === 229)) event.preventDefault();
});

document.getElementById("browse").addEventListener("click", () => list.open());

function send(asked, react = null) {
  const id = newId();
  if (react) silent.set(id, react);
  else bubble(id, asked.label);
  wire.send({ id, quiet: Boolean(react), ...asked });
  if (!network.hidden) wait();
  else if (!react) think();
}

const actions = {
  ask: (text) => send({ text, label: text }),
  press: (press, label, chart = null) => send({ press, label }, chart ? (reply) => draw(chart, reply) : null),
  vote: (press, made) =>
    send({ press }, (reply) => {
      if (reply.buttons.length) reasons(made, reply, actions.vote);
      else toast(reply.text);
    }),
};

function draw({ made, once }, reply) {
  if (!reply.picture) return toast(reply.text);
  once.remove();
  picture(made, reply).addEventListener("load", (event) => event.target.scrollIntoView({ block: "center" }));
  return undefined;
}

// answers

function answered(asked, reply) {
  settle(asked.id);
  if (silent.has(asked.id)) return silent.get(asked.id)(reply);
  if (asked.quiet) return undefined; // a vote from before a reload: it counts, and there is nothing to show
  if (reply.manner === "passing") return toast(reply.text);
  put(card(reply, actions), asked.id);
  remember({ label: asked.label, reply });
  return undefined;
}

function refused(asked, line) {
  settle(asked.id);
  if (silent.has(asked.id) || asked.quiet) return toast(line);
  put(plainCard(line), asked.id);
  return undefined;
}

function reached(whether) {
  network.hidden = whether;
  if (whether) return;
  still();
  wait();
}

// What can't be sent now says so.
function wait() {
  for (const { id } of wire.unsent) {
    const waiting = document.getElementById(`said-${id}`);
    if (!waiting || waiting.classList.contains("waiting")) continue;
    waiting.classList.add("waiting");
    waiting.append(element("small", { text: word("waiting") }));
  }
}

function settle(id) {
  const waiting = document.getElementById(`said-${id}`);
  waiting?.classList.remove("waiting");
  waiting?.querySelector("small")?.remove();
  if (network.hidden && wire.unsent.some((one) => !one.quiet)) think();
  else still();
}

// what stands on the page

function bubble(id, text) {
  const made = element("div", { kind: "said" }, element("p", { text }));
  made.id = `said-${id}`;
  made.prepend(element("span", { kind: "unseen", text: word("you") }));
  log.append(made);
  showFrom(made);
}

function put(made, id = "") {
  const asked = id && document.getElementById(`said-${id}`);
  if (asked) asked.after(made);
  else log.append(made);
  showFrom(asked || made);
}

// From the question on, as far down as there is something.
function showFrom(made) {
  log.scrollTo({ top: made.offsetTop - 12 });
}

function think() {
  still();
  const dots = [1, 2, 3].map(() => element("i"));
  thinking = element("p", { kind: "thinking" }, ...dots, element("span", { kind: "unseen", text: word("thinking") }));
  log.append(thinking);
}

function still() {
  thinking?.remove();
  thinking = null;
}

function remember(exchange) {
  said.push(exchange);
  said.splice(0, said.length - KEPT);
  try {
    sessionStorage.setItem(SAID, JSON.stringify(said));
  } catch {
    // a reload then begins anew
  }
}

function recall() {
  try {
    said.push(...JSON.parse(sessionStorage.getItem(SAID) || "[]"));
  } catch {
    return;
  }
  for (const { label, reply } of said) {
    if (label) bubble(newId(), label);
    put(card(reply, actions));
  }
}

// beginning

async function begin() {
  const [, place, ...rest] = location.pathname.split("/");
  try {
    if (place === "join") return join(decodeURIComponent(rest.join("/")));
    const help = await look("/api/help");
    reached(true);
    log.append(card(help, actions));
    recall();
    if (place === "a") send({ press: decodeURIComponent(rest.join("/")), label: word("opened") });
    for (const { id, label, quiet } of wire.unsent) if (!quiet) bubble(id, label);
    if (place) history.replaceState(null, "", "/");
    if (wire.unsent.length) think();
    wire.work();
    if (matchMedia("(hover: hover)").matches) field.focus();
  } catch (problem) {
    unopened(problem);
  }
  return undefined;
}

// A code is used by this page, not by its address: whoever looks at the link before has not used it up.
function join(code) {
  history.replaceState(null, "", "/");
  send({ join: code, label: word("joining") });
}

function unopened(problem) {
  if (!(problem instanceof Refusal)) return reopen();
  log.replaceChildren(plainCard(problem.message));
  form.hidden = true;
  document.getElementById("browse").hidden = true;
  return undefined;
}

function reopen() {
  reached(false);
  setTimeout(begin, 3000);
}

begin();
