import * as fc from "fast-check";

/** Texts that have broken programs like this one: terminals, paths, shells, YAML, JSON, JavaScript, Git. */
const KNOWN = [
  "\u001b]52;c;aGk=\u0007",
  "\u001b]8;;http://evil\u001b\\click\u001b]8;;\u001b\\",
  "\u001b[\u001b[31m31m",
  "\u009b2J",
  "\u0090q\u009c",
  "a\rb",
  "a\bb",
  "\u202egpj.exe",
  "ad\u200dmin",
  "x\u{e0068}\u{e0069}",
  "\ufeff",
  "\ud800",
  "\udc00\ud800",
  "::error::x",
  "##[add-mask]x",
  "../../.git/hooks/post-commit",
  "..",
  "/etc/passwd",
  "..\\..\\x",
  "%2e%2e%2f",
  "C:\\x",
  "a\0b",
  "--upload-pack=touch y",
  "--output=z",
  "-",
  "--",
  "--json",
  "$(touch x)",
  "`touch x`",
  "'; touch x; '",
  "---\nfrom: mallory\n---\n",
  "&a [*a, *a]",
  "!!js/function x",
  "<<: x",
  '{"a":[1]}',
  "[".repeat(500),
  "__proto__",
  "constructor",
  "toString",
  "null",
  "1e3",
  "x\n\nHive-Op: 01KG9M2V0000000000000000AA",
  "x\u001f\u001fy",
  "refs/heads/main",
  "@{-1}",
  ":(glob)**",
  "</script><img src=x onerror=alert(1)>",
  "@all fixes #1",
  "x".repeat(2000),
  "字".repeat(300),
  "",
  " ",
  "\n",
];

const UNITS = [
  ..."\u0000\u0007\b\t\n\r\u001b\u001f\u007f\u0085\u009b\u00a0\u00ad\u061c\u200b\u200c\u200d\u200e\u202e\u2028\u2066\ufeff",
  ..."\ufffe\uffff\\/.-:;'\"`$&|<>(){}[]*?!#%@~= ab1",
  "\u{e0041}",
  "\u{1f600}",
  "\ud800",
  "\udfff",
  "e\u0301",
  "\u0430",
];

/** Any text, much more often one that means harm than chance would have it. */
export const hostileText = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...KNOWN) },
  { weight: 4, arbitrary: fc.string({ unit: fc.constantFrom(...UNITS), maxLength: 40 }) },
  { weight: 2, arbitrary: fc.tuple(fc.constantFrom(...KNOWN), fc.string()).map((parts) => parts.join("")) },
  { weight: 2, arbitrary: fc.string({ unit: "binary", maxLength: 60 }) },
  {
    weight: 1,
    arbitrary: fc
      .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 40 })
      .map((units) => String.fromCharCode(...units)),
  },
);

/** What is almost a session id, or nothing like one. */
export const hostileId = fc.oneof(
  { weight: 2, arbitrary: hostileText },
  { weight: 1, arbitrary: fc.string({ unit: fc.constantFrom(..."ab1-."), maxLength: 70 }) },
  {
    weight: 1,
    arbitrary: fc.tuple(fc.constantFrom("session-1", "ab"), hostileText).map((parts) => parts.join("")),
  },
);

/** Every path that git-hive may ever commit. */
export const OWN_PATH = new RegExp(
  [
    "^\\.github/workflows/README\\.md$",
    "^coordination/(?:hive\\.yaml|taxonomy\\.yaml|REGISTRY\\.json|MESSAGES\\.md|README\\.md|\\.gitattributes|schema/[a-z]+\\.json)$",
    "^coordination/(?:SESSIONS|HEARTBEATS)/[a-z0-9]+(?:-[a-z0-9]+)*\\.json$",
    "^coordination/ACTIVE/COLLABORATIONS/collab-\\d{1,12}(?:-[a-z0-9]{4,16})?\\.json$",
    "^coordination/ACTIVE/CLAIMS/[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?\\.json$",
    "^coordination/MESSAGES/\\d{4}/\\d\\d/\\d\\d/[0-7][0-9A-HJKMNP-TV-Z]{25}\\.md$",
    "^coordination/ARCHIVE/COLLABORATIONS/\\d{4}/\\d\\d/collab-\\d{1,12}(?:-[a-z0-9]{4,16})?\\.json$",
    "^coordination/ARCHIVE/IMPORT/[0-9a-f]{16}-[A-Za-z0-9._-]{1,100}$",
  ].join("|"),
);
