// Kotae: the page; what is asked on the right, what is answered on the left.

import { card, picture, plainCard, reasons } from "./cards.js";
import { element, toast, word } from "./elements.js";
import { List } from "./list.js";
import { Said } from "./said.js";
import { Typing } from "./typing.js";
import { look, newId, Refusal, Wire } from "./wire.js";

const log = document.getElementById("log");
const form = document.getElementById("ask");
const network = document.getElementById("network");
const field = document.getElementById("question");
const typing = new Typing(field, document.getElementById("names"));
const list = new List(document.getElementById("list"), (press, label) => send({ press, label }));
const browse = document.getElementById("browse");
const said = new Said();
const wire = new Wire({ answered, refused, reached });

const silent = new Map(); // id → what to do with a reply that is no message of its own
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

browse.addEventListener("click", () => list.open());

function send(asked, react = null) {
  const id = newId();
  if (react) silent.set(id, react);
  else bubble(id, asked.label);
  wire.send({ id, talk: said.talk, quiet: Boolean(react), ...asked });
  if (!network.hidden) wait();
  else if (!react) think();
}

const actions = {
  ask: (text) => send({ text, label: text }),
  press: (press, label) => send({ press, label }),
  draw: (exchange, made, press, pressed) => send({ press }, (reply) => draw(exchange, made, pressed, reply)),
  vote: (press, made, kept = () => {}) =>
    send({ press }, (reply) => {
      kept();
      if (reply.buttons.length) reasons(made, reply, actions.vote);
      else toast(reply.text);
    }),
  changed: () => said.keep(),
};

function draw(exchange, made, pressed, reply) {
  if (!reply.picture) return toast(reply.text);
  if (exchange.picture) return undefined;
  exchange.picture = reply.picture;
  said.keep();
  const image = picture(made, reply.picture);
  image.addEventListener("load", (event) => event.target.scrollIntoView({ block: "center" }));
  if (document.activeElement === pressed) made.querySelector(".picture a").focus({ preventScroll: true });
  pressed.remove();
  return undefined;
}

// answers

function answered(asked, reply) {
  settle(asked.id);
  if (silent.has(asked.id)) return silent.get(asked.id)(reply);
  if (asked.quiet) return undefined; // a vote from before a reload: it counts, and there is nothing to show
  if (asked.join) return joined(asked, reply);
  if (reply.manner === "passing") return put(plainCard(asked.opened ? word("gone") : reply.text), asked.id);
  const exchange = { label: asked.label, reply };
  said.add(exchange);
  return put(card(exchange, actions), asked.id);
}

function refused(asked, problem) {
  settle(asked.id);
  if (problem.status === 403) return close(problem.message);
  if (silent.has(asked.id) || asked.quiet) return toast(problem.message);
  return put(plainCard(problem.message), asked.id);
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
    showFrom(waiting);
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

// beginning

async function begin() {
  const [, place, ...rest] = location.pathname.split("/");
  try {
    const named = decoded(rest.join("/"));
    if (place === "join") return join(named);
    log.replaceChildren(await greeting()); // what was typed meanwhile stands again below, under what was said
    for (const exchange of said.exchanges) {
      if (exchange.label) bubble(newId(), exchange.label);
      put(card(exchange, actions));
    }
    if (place) history.replaceState(null, "", "/");
    if (place === "a") send({ press: named, label: word("opened"), opened: true });
    for (const { id, label, quiet } of wire.unsent) if (!quiet && !document.getElementById(`said-${id}`)) bubble(id, label);
    if (wire.unsent.length) think();
    wire.begin();
    if (matchMedia("(hover: hover)").matches) field.focus();
  } catch (problem) {
    if (problem instanceof Refusal) close(problem.message);
    else reopen();
  }
  return undefined;
}

// A link that was cut within a letter leads nowhere, and says so.
function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

async function greeting() {
  const reply = await look("/api/help");
  reached(true);
  return card({ reply }, actions);
}

// A code is used by this page, not by its address: whoever looks at the link before has not used it up.
function join(code) {
  history.replaceState(null, "", "/");
  send({ join: code, label: word("joining") });
  wire.begin();
}

// Whoever is let in is shown how to begin; whoever isn't is told why, and has nothing to type into.
async function joined(asked, reply) {
  put(plainCard(reply.text), asked.id);
  try {
    log.append(await greeting());
  } catch (problem) {
    if (problem instanceof Refusal) shut();
  }
}

// Nobody who may not ask any more keeps what was answered.
function close(line) {
  said.forget();
  log.replaceChildren(plainCard(line));
  shut();
}

function shut() {
  form.hidden = true;
  browse.hidden = true;
}

function reopen() {
  reached(false);
  setTimeout(begin, 3000);
}

begin();
