import { describe, expect, test } from "vitest";
import { type Generation, generations, type ReplayingServer } from "#test-kit";
import { connect } from "./connect.ts";
import { dynamicSecretMethods, type Method, secretMethods } from "./methods.ts";
import { keyMethods, projectMethods } from "./resource-methods.ts";

const methods = { ...secretMethods, ...dynamicSecretMethods, ...projectMethods, ...keyMethods };

describe.each(generations)("against a server of %s", (generation) => {
  test.each(Object.entries(methods))("%s returns what the server sends", async (name, method) => {
    const operations: string[] = [];
    const { server, sdk } = await connect(generation, (event) => {
      if (event.type === "call-started") operations.push(event.operation);
    });
    const body = answerWith(server, method, generation);
    const outcome = await method.call(sdk).catch((error: unknown) => error);
    if (method.isNewer && generation === "october-2024") {
      expect(outcome).toMatchObject({ code: "GATEWAY_ERROR", statusCode: 404 });
      expect(String(outcome)).toContain("the server new enough for this call?");
    } else expect(outcome).toEqual(method.part === undefined ? body : Object(body)[method.part]);
    expect(server.requests, name).toHaveLength(1);
    const operation = name.replace(/^kms\.\w+\.(encrypt|decrypt|sign|verify)$/, "kms.$1");
    expect(operations, "the operation of its request").toEqual([operation]);
  });
});

/** Prepares the response, and returns its body. */
function answerWith(
  server: ReplayingServer,
  { reply, as, isNewer }: Method,
  generation: Generation,
): unknown {
  // Older servers know nothing of newer routes, and say so.
  if (isNewer && generation === "october-2024") return undefined;
  const id = typeof reply === "string" ? reply : reply[generation];
  const { body } = server.recording(id).response;
  if (!as) server.next(id);
  else server.nextResponse({ body: as(body as never) });
  return as ? as(body as never) : body;
}
