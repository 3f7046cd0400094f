import { describe, expect, test } from "vitest";
import { call, login, startTest } from "../support/api.ts";
import { callRoute, secretRoutes } from "./secret-calls.ts";

const nobody = "00000000-0000-4000-8000-000000000000";

/** What is wrong with a request, in the order in which the server finds it. */
const faults = ["token", "validation", "project", "membership", "place", "secret"] as const;

/** What the server answers to the first fault. */
const answers: Readonly<Record<(typeof faults)[number], readonly [status: number, error: string]>> = {
  token: [401, "UnauthorizedError"],
  validation: [422, "ValidationFailure"],
  project: [404, "NotFound"],
  membership: [403, "ProjectMembershipNotFound"],
  place: [404, ""],
  secret: [404, "NotFound"],
};

describe("the order of checks", () => {
  for (const [index, first] of faults.entries()) {
    test.each(
      secretRoutes.filter(({ kind, method }) => kind !== "list" && (first !== "secret" || method !== "POST")),
    )(`$name reports the ${first} before anything that is checked later`, async (route) => {
      const has = (fault: (typeof faults)[number]) => faults.indexOf(fault) >= index;
      const { server, projectId, token } = await startTest({
        identities: [
          { name: "admin", projectRoles: { "example-project": "admin" }, universalAuth: {} },
          { name: "outsider", universalAuth: {} },
        ],
      });
      const used = has("membership") && first !== "secret" ? await login(server, "outsider") : token;
      const isForeign = first !== "place" && first !== "secret";
      const { status, body } = await callRoute(
        { api: (method, path, options) => call(server, method, path, options), route },
        "MISSING",
        {
          projectId: has("project") && first !== "membership" && isForeign ? nobody : projectId,
          environment: has("place") && first !== "secret" ? "nope" : "dev",
        },
        {
          ...(first === "token" ? {} : { token: isForeign ? used : token }),
          ...(first === "validation" && broken(route.method)),
        },
      );
      const [expected, label] = answers[first];
      expect(status).toBe(expected);
      if (label !== "") expect(body.error).toBe(label);
    });
  }
});

/** A body without fields, or a query with one that is none of the allowed values. */
function broken(method: string): object {
  return method === "GET"
    ? { query: { type: "nope", projectId: nobody, environment: "nope" } }
    : { body: {} };
}
