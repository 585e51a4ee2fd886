import type { Refusal } from "../domain/refusal.ts";
import { mayBeReference } from "../domain/values/reference.ts";

/**
 * The refusal of an operation on a request or a message whose name can be no id: the rules would refuse it whenever it
 * lands, so it is not queued. Undefined for any other operation.
 */
export async function refusalOfNoReference(kind: string, input: unknown): Promise<Refusal | undefined> {
  const { request, message }: { request?: unknown; message?: unknown } = Object(input);
  if (typeof request === "string" && !mayBeReference(request))
    return (await import("../domain/requests/refusals.ts")).unknownRequest(request);
  if (kind === "reply" && typeof message === "string" && !mayBeReference(message))
    return (await import("../domain/messages/refusals.ts")).unknownMessage(message);
  return undefined;
}
