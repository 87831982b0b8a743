// Answers: the lines of an answer in their roles; every word of them stays as it came.

import { element } from "./elements.js";

const HIDDEN = new Set(["、", ": ", "・"]); // what only joins in plain text
const SHORT = 4; // letters of a grade
const BIG = 16; // letters that fit into one line at the size of a main figure

export function lines(reply) {
  const figures = reply.lines.filter((line) => line.role === "figure");
  return reply.lines
    .filter((line) => line.role !== "choice")
    .map((line) => (line.role === "figure" ? figure(line, figures) : plain(line)));
}

// The questions that a reply offers in words only.
export function offered(reply) {
  return reply.lines
    .filter((line) => line.role === "choice")
    .map((line) => line.pieces.filter((piece) => piece.kind !== "words").map((piece) => piece.text).join(""));
}

function figure(line, figures) {
  const { pieces } = line;
  const colon = pieces.findIndex((piece) => piece.kind === "words" && piece.text === ": ");
  if (colon > 0) return row(pieces.slice(0, colon + 1), pieces.slice(colon + 1));
  const [first] = pieces;
  const told = line.text.length > BIG * 2 || !["cell", "computed", "fact", "count"].includes(first.kind);
  const shown = pieces.filter((piece, at) => !grade(pieces, at) && !grade(pieces, at - 1));
  const long = first.kind === "count" || shown.map((piece) => piece.text).join("").length > BIG;
  const main = !told && line === figures[0] && !isBadge(pieces);
  return element("p", { kind: `figure ${main ? "main" : ""} ${long ? "long" : ""} ${told ? "told" : ""}` }, ...spans(pieces));
}

function row(of, said) {
  const name = of.map((piece) => piece.text).join("");
  const wide = name.length > 12 ? " wide" : "";
  return element(
    "p",
    { kind: `figure row${wide}` },
    element("span", { kind: "of" }, ...spans(of)),
    element("span", {}, ...spans(said)),
  );
}

function plain(line) {
  return element("p", { kind: line.role }, ...spans(line.pieces, line.role));
}

function spans(pieces, role = "figure") {
  const made = [];
  for (let at = 0; at < pieces.length; at += 1) {
    const { kind, text } = pieces[at];
    if (grade(pieces, at)) {
      made.push(made.length ? " " : "", element("span", { kind: "badge", text: text + pieces[at + 1].text }));
      at += 1;
    } else if (joins(pieces, at, role)) made.push(element("span", { kind: "unseen", text }));
    else if (faint(pieces, at, role)) made.push(element("span", { kind: kind === "year" ? "of year" : "of", text }));
    else made.push(kind === "words" || role === "source" ? text : element("span", { text }));
  }
  return made;
}

// 達成度 before A: the two are one badge.
function grade(pieces, at) {
  const [name, value] = [pieces[at], pieces[at + 1]];
  return Boolean(value) && name?.kind === "words" && value.kind === "fact" && value.text.length <= SHORT && name.text.length <= SHORT;
}

const isBadge = (pieces) => pieces.length === 2 && grade(pieces, 0);

function joins(pieces, at, role) {
  const { kind, text } = pieces[at];
  if (kind !== "words") return false;
  if (role === "figure" && HIDDEN.has(text) && (grade(pieces, at + 1) || text === ": ")) return true;
  return (text === "(" && grade(pieces, at + 1)) || (text === ")" && grade(pieces, at - 2));
}

// Numbers and years beside a name.
function faint(pieces, at, role) {
  if (role === "item") return at === 0;
  if (role !== "head" || !pieces.some((piece) => piece.kind === "name")) return false;
  return at > pieces.findIndex((piece) => piece.kind === "name");
}
