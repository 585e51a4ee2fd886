import { describe, expect, it } from "vitest";
import { wordsToRun } from "../../../src/cli/serve/act.ts";
import { foldForShell, quoteForShell } from "../../../src/domain/values/shell-quote.ts";
import { HARMFUL } from "../../dashboard/hostile-state.ts";

describe("a line of the page's reader", () => {
  it.each<[string, readonly string[]]>([
    ['hive reply k3f9 "Yes, do"', ["reply", "k3f9", "Yes, do"]],
    ["hive send bob It is 'up again'", ["send", "bob", "It", "is", "up again"]],
    ["  hive accept k3f9 -m later ", ["accept", "k3f9", "-m", "later"]],
    ["hive broadcast -- --hub is an option", ["broadcast", "--", "--hub", "is", "an", "option"]],
    ["hive reply k3f9 '$(rm -rf ~); `x`'", ["reply", "k3f9", "$(rm -rf ~); `x`"]],
  ])("%s", (line, words) => expect(wordsToRun(line)).toEqual(words));

  it.each<[string, RegExp]>([
    ["", /begins with hive/],
    ["rm -rf /", /begins with hive/],
    ["hive", /From here: accept/],
    ["hive init --remote x", /From here.*: hive init --remote x$/],
    ["hive hook claude", /From here/],
    ["hive --hub other reply k3f9 x", /From here/],
    ["hive reply k3f9 x --hub=other", /^--hub is only for a terminal/],
    ["hive reply k3f9 x --as bob", /^--as is only/],
    ["hive reply k3f9 x; hive init", /One command at a time/],
    ["hive reply k3f9 x | sh", /One command/],
    ["hive reply k3f9 x > /etc/passwd", /One command/],
    ["hive reply k3f9 `id`\nhive retire bob", /One command/],
    ['hive reply k3f9 "<answer>"', /Put your words in place/],
  ])("is refused: %s", (line, why) => {
    expect(wordsToRun(line)).toEqual({ refusal: expect.stringMatching(why) });
  });

  it("has texts of others, quoted as the page quotes them, as one word each", () => {
    for (const text of HARMFUL.filter((each) => each !== "<plaintext>"))
      expect(wordsToRun(`hive reply k3f9 -- ${quoteForShell(text)}`)).toEqual([
        ...["reply", "k3f9", "--"],
        foldForShell(text),
      ]);
  });
});
