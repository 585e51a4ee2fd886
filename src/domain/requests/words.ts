import { quoteOthers } from "../values/framed.ts";
import { firstLine } from "../values/visible.ts";
import type { Collaboration } from "./collaboration.ts";

type Asked = Pick<Collaboration, "request" | "from_session">;

/** The first words of a request's text, as a quote: a line that names a request says what it is about. */
export function quoteWords({ request }: Asked, width = 40): string {
  return quoteOthers(request, width);
}

/** Whose words a request's text begins with: `session-5 (unverified) asks: Need a UI`. */
export function describeWords({ request, from_session }: Asked): string {
  return `${from_session} (unverified) asks: ${firstLine(request, 60)}`;
}
