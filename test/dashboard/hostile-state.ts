import type { Dashboard } from "../../src/domain/dashboard/dashboard.ts";
import { aClaim, aCollaboration, aHeartbeat, aMessage, aProfile, NOON } from "../support/builders.ts";
import { dashboardOf, entry, ulid } from "./scenes.ts";

/** Texts that would become elements, requests, scripts or another reading order where a page took them for more than text. */
export const HARMFUL = [
  ...[
    "</script><script>window.harmed=1</script>",
    "<!--<script>",
    "-->",
    "]]>",
    "<![CDATA[",
    "</SCRIPT\t>",
    "<!doctype",
  ],
  ...[
    "<img src=x onerror=window.harmed=1>",
    "<svg onload=window.harmed=1>",
    "<iframe src=http://harm.example>",
  ],
  ...["<body onload=window.harmed=1>", "<style>*{display:none}</style>", "<base href=http://harm.example>"],
  ...[
    "<link rel=stylesheet href=http://harm.example/x.css>",
    "<meta http-equiv=refresh content=0;url=http://harm.example>",
  ],
  ...[
    "<form action=http://harm.example><button>x</button></form>",
    "<a href=javascript:window.harmed=1>x</a>",
  ],
  ...[
    "<math><mtext><style><img src=x onerror=window.harmed=1>",
    "<template><script>window.harmed=1</script></template>",
  ],
  ...[
    "<object data=http://harm.example>",
    "<embed src=http://harm.example>",
    "<video src=http://harm.example>",
  ],
  ...[
    "<input autofocus onfocus=window.harmed=1>",
    "<details open ontoggle=window.harmed=1>",
    "<marquee onstart=window.harmed=1>",
  ],
  ...["<x onclick=window.harmed=1>", "<noscript><p title='</noscript><img src=x onerror=window.harmed=1>'>"],
  ...[
    "<textarea></textarea><script>window.harmed=1</script>",
    "<title></title><script>window.harmed=1</script>",
    "<plaintext>",
  ],
  ...[
    '" onmouseover="window.harmed=1',
    "' onfocus='window.harmed=1",
    "javascript:window.harmed=1",
    "data:text/html,<script>1",
  ],
  ...[
    "&lt;script&gt;window.harmed=1&lt;/script&gt;",
    "&#60;img src=x&#62;",
    "\u0024{window.harmed=1}",
    "{{constructor}}",
    "%state%",
  ],
  ...[
    '"%state%"',
    "/* %script% */",
    "$&",
    "$`",
    "$'",
    "\\u003cscript\\u003e",
    "\\",
    '\\"',
    "');window.harmed=1//",
    "`;window.harmed=1//",
  ],
  ...[
    "\u2028window.harmed=1",
    "\u2029",
    "\u0000",
    "\u202egpj.exe\u202c",
    "\u2066x\u2069",
    "\u200b",
    "\ufeff",
    "\ud800",
    "\u001b[2J",
  ],
  ...[
    "url(http://harm.example)",
    "expression(window.harmed=1)",
    "@import 'http://harm.example'",
    "http://harm.example/x.png",
  ],
  ...["__proto__", "constructor", "x".repeat(3000), "字".repeat(500), "a\nb\r\nc", "<".repeat(200)],
] as const;

/** A hub in which each text that others can choose is one of the harmful ones, each of them in each place. */
export function aHarmfulHub(): Dashboard {
  const all = HARMFUL.map((text, index) => ({ text, index, id: `session-${index}` }));
  const line = (text: string) => text.slice(0, 400) || "x";
  return dashboardOf(
    {
      sessions: all.map(({ text, id }) =>
        aProfile({
          ...{ id, name: text, role: text, current_work: text, specialization: [line(text)] },
          needs: {
            id: ulid(1),
            question: line(text),
            options: [text.slice(0, 100) || "x", "b"],
            since: NOON,
          },
        }),
      ),
      heartbeats: all.map(({ text, id }) => aHeartbeat({ session_id: id, name: text, current_work: text })),
      collaborations: all.flatMap(({ text, index, id }) => [
        aCollaboration({
          request_id: `collab-${index}-aaaa`,
          from_session: id,
          to_session: null,
          to_capability: line(text),
          request: text,
        }),
        aCollaboration({
          request_id: `collab-${index}-bbbb`,
          from_session: id,
          to_session: "session-gone",
          request: text,
          evidence: line(text),
        }),
        aCollaboration({
          request_id: `collab-${index}-cccc`,
          from_session: id,
          status: "completed",
          request: text,
          evidence: line(text),
        }),
      ]),
      claims: all.map(({ text, index, id }) =>
        aClaim({ key: `key-${index}`, patterns: [`key-${index}`], session: id, note: text }),
      ),
      messages: all.map(({ text, index, id }) =>
        aMessage({ id: ulid(index), from: id, to: "session-1", intent: "ask", subject: text, body: text }),
      ),
    },
    all.slice(0, 50).map(({ text, index }) => entry(text, index, { kind: text, session: text })),
    { hub: HARMFUL.slice(0, 20).join(" ") },
  );
}
