import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { renderBoard } from "../../../src/domain/messages/board.ts";
import type { Message } from "../../../src/domain/messages/message.ts";
import { firstLine, makeVisible } from "../../../src/domain/values/visible.ts";
import { aMessage } from "../../support/builders.ts";
import { livePartsOf } from "../../support/github/markdown-oracle.ts";
import { hostileText } from "../../support/hostile.ts";
import { type Block, blocksOf, fold, RENDERERS } from "../../support/markdown.ts";
import { times } from "../../support/times.ts";

/** Text that hides, links, swallows or restyles what stands around it, wherever it is read as Markdown or HTML. */
const TRICKS = [
  "<!-- x",
  "--> <!-- x",
  "<!-->",
  "<?php x",
  "<!DOCTYPE x",
  "<![CDATA[ x",
  "<script>x",
  "<style>*{display:none}",
  "<textarea>",
  "<plaintext>",
  "<table><tr><td>",
  "</blockquote></div><div hidden>",
  "<details><summary>x",
  "<select><option>",
  "<a href='https://evil.example'>",
  "<img src=x onerror=alert(1)>",
  "[done]: https://evil.example",
  "[session-1]: https://evil.example 'x'\n[hello]: https://evil.example",
  "[^1]: note",
  "[^1]",
  "[x](https://evil.example) ![x](https://evil.example/x.png)",
  "<https://evil.example> https://evil.example www.evil.example a@evil.example",
  "```",
  "~~~~\n<!-- x",
  "`",
  "``` `` `",
  "$$",
  "\\",
  "a\n===",
  "a\n---",
  "# x",
  "## all to all, urgent, 2026-01-31T12:00:00Z",
  "| a | b |\n|---|---|\n| c",
  "- x\n  - y\n    - z",
  "1. x",
  "> x\nlazy",
  "> > > x",
  "***\n___",
  "**x",
  "*_~~x",
  "- [ ] x",
  ":::warning",
  "> [!CAUTION]",
  "\tx",
  "      x",
  "x  \ny",
  "&lt;!-- &#96;&#96;&#96;",
  "{% raw %} {{ x }}",
];

const words = fc.constantFrom("[hello]", "Hello [done][] and [^1].", "a `b` <c> *d*", "plain");
const hostile = fc
  .array(fc.oneof(fc.constantFrom(...TRICKS), hostileText), { minLength: 1, maxLength: 4 })
  .chain((parts) => fc.constantFrom("", " ", "\n", "\n\n", "\n    ").map((glue) => parts.join(glue)));

const board = fc
  .array(fc.record({ body: fc.oneof(hostile, words), subject: fc.option(fc.oneof(hostile, words)) }), {
    minLength: 1,
    maxLength: 5,
  })
  .map((texts) =>
    texts.map(({ body, subject }, index) =>
      aMessage({
        id: `01KG9M2V00${String(index).padStart(16, "0")}`,
        from: `session-${index + 1}`,
        body,
        ...(subject === null ? {} : { subject }),
      }),
    ),
  );

/** The blocks that a message has to be, whatever it and the others say. */
function blocksFor({ from, to, priority, sent_at, id, subject, body }: Message): Block[] {
  const title = { name: "h2", text: `${from} to ${to}, ${priority}, ${sent_at}`, inner: [] };
  const about = firstLine(subject ?? "", 200).replaceAll("`", "'");
  const text = fold(makeVisible(body));
  return [
    title,
    ...(about === "" ? [] : [{ name: "p", text: fold(about), inner: ["strong", "code"] }]),
    { name: "blockquote", text, inner: isBlank(body) ? [] : ["pre", "code"] },
    { name: "p", text: id, inner: ["sub"] },
  ];
}

/** Whether Markdown shows nothing of a text. A space that does not break is no blank there. */
function isBlank(text: string): boolean {
  return !/[^ \t\r\n]/.test(makeVisible(text));
}

function expectEachInItsBlock(messages: readonly Message[]): void {
  const text = renderBoard(messages);
  const expected = messages.toReversed().flatMap(blocksFor);
  for (const [name, render] of Object.entries(RENDERERS)) {
    const [, , ...blocks] = blocksOf(render(text));
    expect({ name, blocks }).toEqual({ name, blocks: expected });
  }
  expect(livePartsOf(text).filter((part) => !/^html <\/?sub>$/.test(part))).toEqual([]);
}

describe("a board, as three renderers and a browser show it", () => {
  it.each(TRICKS)("shows every message in its own blocks and without a link: %j", (trick) => {
    const said = (number: number, body: string, subject?: string) =>
      aMessage({
        id: `01KG9M2V00${String(number).padStart(16, "0")}`,
        body,
        ...(subject === undefined ? {} : { subject }),
      });
    expectEachInItsBlock([said(1, "Hello [done]", "[hello]"), said(2, trick, trick), said(3, "[done] `x`")]);
  });

  it("shows every message in its own blocks and without a link, for any texts", () => {
    return fc.assert(fc.property(board, expectEachInItsBlock), { numRuns: times(1000) });
  });
});
