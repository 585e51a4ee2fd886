import type { Instant } from "../../domain/values/instant.ts";
import { cut, displayWidth, wrapLine } from "../render/display-width.ts";
import { type Paint, textOf } from "../render/table.ts";
import type { Times } from "../render/times.ts";
import type { Row } from "./sections.ts";

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;
/** The column of the names is at most so wide. */
const MAX_NAME = 16;

/** All fields of a row, each in as many lines as it needs, and the command that helps. */
export function detailLines({ fields, next }: Row, times: Times, width: number, paint: Paint): string[] {
  const shown = Object.entries(fields).flatMap(([name, value]) => {
    const texts = name === "next" ? [] : textsOf(value, times);
    return texts.length === 0 ? [] : [{ name: name.replaceAll("_", " "), texts }];
  });
  const room = Math.min(MAX_NAME, Math.floor(width / 3), Math.max(...shown.map(({ name }) => name.length)));
  return [
    ...shown.flatMap(({ name, texts }) =>
      texts
        .flatMap((text) => wrapLine(textOf(text), width - room - 2))
        .map((line, index) => {
          const label = index === 0 ? cut(name, room) : "";
          return `${paint("dim", label)}${" ".repeat(room + 2 - displayWidth(label))}${line}`;
        }),
    ),
    "",
    "What helps:",
    ...wrapLine(textOf(next), width - 2).map((line) => `  ${paint("bold", line)}`),
  ];
}

/** The value of a field as texts, one for each thing in a list; none where there is nothing to say. */
function textsOf(value: unknown, times: Times): string[] {
  if (Array.isArray(value)) return value.flatMap((each) => describe(each, times) || []);
  return [describe(value, times)].filter((text) => text !== "");
}

function describe(value: unknown, times: Times): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (Array.isArray(value)) return value.map((each) => describe(each, times)).join(", ");
  if (typeof value !== "object")
    return INSTANT.test(String(value)) ? timeOf(String(value), times) : String(value);
  return Object.entries(value)
    .map(([name, inner]) => [name.replaceAll("_", " "), describe(inner, times)] as const)
    .filter(([, text]) => text !== "")
    .map(([name, text]) => `${name} ${text}`)
    .join(", ");
}

function timeOf(instant: Instant, times: Times): string {
  return Date.parse(instant) > Date.parse(times.now) ? times.end(instant) : times.at(instant);
}
