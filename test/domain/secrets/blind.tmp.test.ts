import { it } from "vitest";
import { findSecrets, maskSecrets } from "../../../src/domain/secrets/find.ts";
import { blindShapes, blindPrompts } from "./blind.tmp.ts";
it("x", () => {
  let n = 0;
  for (const { text, secret } of blindShapes) { const m = maskSecrets(text); const leak = findSecrets(text).length === 0 || (m !== undefined && secret.split(/\s+/).some((w) => m.includes(w))); if (leak) { n++; console.log("LEAK", text, "=>", m); } }
  console.log("leaks", n, "of", blindShapes.length);
  let f = 0; for (const p of blindPrompts) if (findSecrets(p).length) { f++; console.log("ALARM", p, JSON.stringify(findSecrets(p))); }
  console.log("alarms", f, "of", blindPrompts.length);
});
