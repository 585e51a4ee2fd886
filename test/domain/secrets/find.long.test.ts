import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findSecrets, MASK, maskSecrets } from "../../../src/domain/secrets/find.ts";
import { prompts } from "./prompts.ts";
import { type Shape, shapes } from "./shapes.ts";

/** The words of a secret that a text has more often than the text around the secret. */
function leaked({ text, secret }: Shape, masked: string): string[] {
  const around = text.replace(secret, "");
  const times = (whole: string, word: string) => whole.split(word).length;
  return secret.split(/\s+/).filter((word) => times(masked, word) > times(around, word));
}

describe("secrets in a text", () => {
  it("are known in at least 200 different shapes", () => {
    expect(new Set(shapes.map(({ text }) => text)).size).toBeGreaterThanOrEqual(200);
    expect(shapes.filter(({ secret }) => secret === "")).toEqual([]);
  });

  it.each(shapes)("are masked as a whole, or the text is kept back: $text", (shape) => {
    const masked = maskSecrets(shape.text);
    if (masked !== undefined) expect(leaked(shape, masked)).toEqual([]);
    expect(findSecrets(shape.text)).not.toEqual([]);
  });

  it("are masked in most shapes, so that the rest of the text can be used", () => {
    const kept = shapes.filter(({ text }) => maskSecrets(text) === undefined);
    expect(kept.length / shapes.length).toBeLessThan(0.3);
  });

  it("are seen in at most one of a hundred ordinary prompts", () => {
    const alarms = prompts.filter((prompt) => findSecrets(prompt).length > 0);
    expect(new Set(prompts).size).toBeGreaterThanOrEqual(500);
    expect(alarms.length / prompts.length, alarms.join("\n")).toBeLessThanOrEqual(0.01);
  });

  it("leave the rest of the text as it is", () => {
    expect(maskSecrets("Use DB_PASSWORD=hunter2x, then\n\tfix the login")).toBe(
      "Use DB_PASSWORD=*** then\n\tfix the login",
    );
  });
});

/** Texts in which names, quotes, joints and values meet in any order. */
const texts = fc
  .array(
    fc.oneof(
      fc.constantFrom(...shapes.map(({ text }) => text)),
      fc.constantFrom(
        "password",
        "token",
        "PIN",
        "пароль",
        "密码",
        "mot de passe",
        "seed phrase",
        "creds",
        "api key",
      ),
      fc.constantFrom(
        " ",
        "\n",
        ":",
        "=",
        '"',
        "'",
        "«",
        "»",
        " is ",
        "\\",
        "://",
        "@",
        "-p",
        " -u ",
        "{",
        "***",
      ),
      fc.string({ unit: "binary", maxLength: 12 }),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(""));

describe("any text", () => {
  it("has secrets in its order, without overlaps and within its bounds", () => {
    fc.assert(
      fc.property(texts, (text) => {
        let end = 0;
        for (const secret of findSecrets(text)) {
          expect(secret.start).toBeGreaterThanOrEqual(end);
          expect(secret.end).toBeGreaterThan(secret.start);
          end = secret.end;
        }
        expect(end).toBeLessThanOrEqual(text.length);
      }),
    );
  });

  it("has no secret left once they are masked, except in doubt", () => {
    fc.assert(
      fc.property(texts, (text) => {
        const masked = maskSecrets(text);
        const again = masked === undefined ? undefined : maskSecrets(masked);
        if (again !== undefined) expect(again).toBe(masked);
      }),
    );
  });

  it("loses the whole value behind a name, whatever the value is", () => {
    const values = fc.stringMatching(/^[a-z]{2,8}[0-9]{2,4}[!#%a-z]{1,6}$/);
    fc.assert(
      fc.property(
        values,
        fc.constantFrom("password=", "password: ", "the password is ", "--token "),
        (value, name) => {
          const masked = maskSecrets(`run it with ${name}${value} please`);
          expect(masked ?? MASK).not.toContain(value);
          expect(masked ?? MASK).toContain(MASK);
        },
      ),
    );
  });

  it.each([
    ...'a A1 password= password:" ://a: a:b@ eyJ. -sk- curl_-u_ x_is_the_password_ 密码是 密码： <password> 1:2:3: aA1/ \\" ${ -----BEGIN_RSA_PRIVATE_KEY-----'
      .split(" ")
      .map((part) => part.replaceAll("_", " ")),
    "password for the one and only server ",
    "set the password to ",
  ])("is searched in a time that grows with its length: %s", (part) => {
    const seconds = (length: number) => {
      const text = part.repeat(Math.ceil(length / part.length));
      return Math.min(...[0, 1, 2].map(() => timed(() => findSecrets(text))));
    };
    seconds(5_000);
    // A quadratic search takes 16 times as long for four times the text, a linear one 4 times.
    const [short, long] = [seconds(20_000), seconds(80_000)];
    expect(long).toBeLessThan(Math.max(10 * short, 0.05));
  });
});

describe("a text that is made to take long", () => {
  const starts = ["", "password", "token=", "token: a-1-", "curl -u ", "eyJ", "https://", "your-", "a@"];
  const units = [
    "1",
    "a",
    "plaintext",
    "abcd-",
    "v123-",
    "aB1",
    "a.",
    "-",
    "a_",
    "A",
    "/a",
    "x ",
    "\\",
    '"',
    "a=",
    "密",
  ];
  it.each(starts)("is searched in an instant, whatever follows %j", (start) => {
    for (const unit of units)
      for (const end of ["", "!", "12345", "\n"]) {
        const text = start + unit.repeat(60) + end;
        expect(
          timed(() => findSecrets(text)),
          JSON.stringify(text),
        ).toBeLessThan(1);
      }
  });
});

/** The processor time that it takes, in seconds. A busy machine does not change it much. */
function timed(run: () => void): number {
  const before = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}
