import { z } from "zod";
import type { Failure } from "../engine/failure.ts";
import type { FaultRegistry } from "../engine/fault-registry.ts";
import { startingWith } from "./failure-texts.ts";
import { duration, path, quoted } from "./page-fields.ts";
import { isPagePath } from "./page-place.ts";

const failures = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("status"), status: z.number().int().min(200).max(599) }).strict(),
  z.object({ kind: z.literal("drop"), when: z.enum(["before", "after"]) }).strict(),
  z
    .object({ kind: z.literal("delay"), delay: duration({ text: "one day", milliseconds: 86_400_000 }) })
    .strict(),
  z.object({ kind: z.literal("rateLimit") }).strict(),
]);

/** The fields of an order. Its path is one that a request can have, or the beginning of one and a `*`. */
export const failureOrder = {
  failure: failures,
  times: z.number().int().min(1).max(1_000_000),
  path: path.superRefine(checkPath).optional(),
};

type FailureOrder = z.output<z.ZodObject<typeof failureOrder>>;

/** Orders a failure. */
export function orderFailure(faults: FaultRegistry, { failure, times, path: text }: FailureOrder): void {
  const prefix = prefixOf(text);
  const match = prefix === undefined ? text : startingWith(prefix);
  faults.add({ times, ...(match !== undefined && { path: match }) }, failureOf(failure));
}

function checkPath(text: string, context: z.RefinementCtx): void {
  if (!text.startsWith("/")) return;
  const prefix = prefixOf(text);
  const sent = prefix === undefined ? sentAs(text) : `${sentAs(`${prefix}x`).slice(0, -1)}*`;
  const refuse = (rule: string) =>
    context.addIssue({ code: "custom", message: `${rule}, got ${quoted(text)}` });
  if (sent !== text) refuse(`must be written as it is sent, without a query, such as ${quoted(sent)}`);
  else if (isPagePath(text)) refuse("must not be a path of this page, to which no failure applies");
}

function prefixOf(text: string | undefined): string | undefined {
  return text?.endsWith("*") ? text.slice(0, -1) : undefined;
}

/** How a client writes a path into its request. */
function sentAs(text: string): string {
  return new URL(`http://localhost${text}`).pathname;
}

function failureOf(failure: FailureOrder["failure"]): Failure {
  switch (failure.kind) {
    case "status":
      return { status: failure.status };
    case "drop":
      return { drop: failure.when };
    case "delay":
      return { delay: failure.delay };
    case "rateLimit":
      return { rateLimit: {} };
  }
}
