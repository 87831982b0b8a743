// Cards: an answer with everything that can be done with it.

import { lines, offered } from "./answers.js";
import { button, element, toast, word } from "./elements.js";

// `ask` sends a question, `press` what a button stands for, `vote` a thumb, `draw` asks for the picture, and `changed`
// keeps what was done with the exchange: a question with its reply, its vote, its picture, its opened sentence.
export function card(exchange, actions) {
  const { label, reply } = exchange;
  const name = label ? `${word("answer")}: ${label}` : word("answer");
  const made = element("article", { kind: "card", attributes: { "aria-label": name } }, ...lines(reply, actions.ask));
  const choices = chosen(reply, actions);
  if (choices.length) made.append(group(reply, choices));
  const tools = toolbar(made, exchange, actions);
  if (tools.children.length) made.append(tools);
  if (exchange.formal) openFormal(made, reply.formal);
  if (exchange.picture) picture(made, exchange.picture);
  return made;
}

export const plainCard = (text) =>
  element("article", { kind: "card plain", attributes: { "aria-label": word("answer") } }, element("p", { text }));

function chosen(reply, { ask, press }) {
  const given = reply.buttons.filter((one) => one.kind === "choice" || one.kind === "rest");
  if (given.length) return given.map((one) => button(one.label, () => (one.press ? press(one.press, one.label) : ask(one.question))));
  return offered(reply).map((question) => button(question, () => ask(question)));
}

function group(reply, choices) {
  const asks = reply.status !== "answer";
  const label = word(asks ? "choose" : "next");
  return element("div", { kind: asks ? "choices" : "more-choices", attributes: { role: "group", "aria-label": label } }, ...choices);
}

function toolbar(made, exchange, actions) {
  const { reply } = exchange;
  const of = (kind) => reply.buttons.find((one) => one.kind === kind);
  const bar = element("div", { kind: "tools", attributes: { role: "group", "aria-label": word("tools") } });
  if (reply.formal) bar.append(button(word("formal"), () => copyFormal(made, exchange, actions)));
  if (of("chart") && !exchange.picture) bar.append(button(word("chart"), (event) => actions.draw(exchange, made, of("chart").press, event.currentTarget)));
  if (reply.receipt) bar.append(button(word(navigator.share ? "share" : "link"), () => share(reply)));
  if (reply.slip) bar.append(slip(reply.slip, of("receipt").press, actions));
  if (of("up")) bar.append(...thumbs(made, exchange, of, actions));
  return bar;
}

// The code stands on its own button, to be read, written down or pressed.
function slip(code, press, actions) {
  const label = `${word("slip")} ${code}`;
  return button(label, () => actions.press(press, label), { kind: "slip" });
}

function thumbs(made, exchange, of, { vote, changed }) {
  const kinds = ["up", "down"];
  const both = kinds.map((kind, at) =>
    button("", () => vote(of(kind).press, made, () => mark(kind)), {
      kind: `thumb ${kind}${at ? "" : " push"}`,
      attributes: { "aria-label": word(kind), "aria-pressed": String(exchange.vote === kind) },
    }),
  );
  for (const one of both) one.append(thumb());
  // Once it is kept: what waits for the network has not been said yet.
  function mark(kind) {
    made.querySelector(".reasons")?.remove();
    both.forEach((one, at) => one.setAttribute("aria-pressed", String(kinds[at] === kind)));
    exchange.vote = kind;
    changed();
  }
  return both;
}

// Drawn, since not every machine has a font with 👍.
function thumb() {
  const space = "http://www.w3.org/2000/svg";
  const [image, line] = [document.createElementNS(space, "svg"), document.createElementNS(space, "path")];
  for (const [name, value] of [["viewBox", "0 0 24 24"], ["width", "22"], ["height", "22"], ["aria-hidden", "true"]]) image.setAttribute(name, value);
  line.setAttribute("d", "M3.5 11H7v9H3.5zM7 12l3.8-8c1.7 0 2.7 1.1 2.5 2.8L12.9 10h5.3a2 2 0 0 1 2 2.4l-1.3 6a2 2 0 0 1-2 1.6H7");
  image.append(line);
  return image;
}

// What was wrong, to choose from, under the answer that it is about.
export function reasons(made, reply, vote) {
  const asked = element("div", { kind: "reasons", attributes: { role: "group", "aria-label": reply.text } }, element("span", { text: reply.text }));
  for (const one of reply.buttons) {
    asked.append(
      button(one.label, () => {
        asked.remove();
        vote(one.press, made);
      }),
    );
  }
  made.append(asked);
  asked.scrollIntoView({ block: "nearest" });
  if (made.contains(document.activeElement)) asked.querySelector("button")?.focus({ preventScroll: true }); // who types on is left alone
}

// A compact query as a part of an address: its ? begins no parameters.
const inPath = (query) => encodeURI(query).replaceAll("?", "%3F").replaceAll("#", "%23");

export function picture(card, { query, alt }) {
  const path = `/chart/${inPath(query)}`;
  const image = element("img", { attributes: { src: `${path}.svg`, alt } });
  const save = element("a", { text: word("save"), attributes: { href: `${path}.png`, download: "kotae.png" } });
  underLines(card, element("figure", { kind: "picture" }, image, element("figcaption", {}, save)));
  return image;
}

// Beside what the answer says, before what can be done with it.
function underLines(card, made) {
  card.querySelector('[role="group"]').before(made);
}

async function copyFormal(made, exchange, { changed }) {
  if (!exchange.formal) openFormal(made, exchange.reply.formal);
  exchange.formal = true;
  changed();
  await copied(exchange.reply.formal);
}

const openFormal = (made, text) => underLines(made, element("p", { kind: "formal", text }));

async function share(reply) {
  const url = `${location.origin}/a/${inPath(reply.receipt)}`;
  if (!navigator.share) return copied(url);
  try {
    await navigator.share({ text: reply.text, url });
  } catch (problem) {
    if (problem.name !== "AbortError") await copied(url);
  }
}

async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    toast(word("copied"));
  } catch {
    toast(word(copiedByHand(text) ? "copied" : "uncopied"));
  }
}

// Where there is no HTTPS there is no clipboard, but this.
function copiedByHand(text) {
  const area = element("textarea", { kind: "unseen", text });
  document.body.append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  return done;
}
