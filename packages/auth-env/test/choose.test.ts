import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { Socket } from "node:net";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { printed } from "#test-kit";
import { chooseOne } from "../src/choose.ts";
import type { Place } from "../src/place.ts";
import { type EnvironmentCase, environments } from "./environments.ts";

/** The value of every variable whose value does not matter: a credential, for all that anybody knows. */
const hidden = "hunter2-value";

function placeOf({ variables, files = [] }: EnvironmentCase): Place {
  const values = new Map(
    variables.map((each) => {
      const [name = "", ...value] = each.split("=");
      return [name, value.length === 0 ? hidden : value.join("=").trim() || undefined];
    }),
  );
  return { read: (name) => values.get(name), exists: async (path) => files.includes(path) };
}

/** What is done over the network, by whatever way. */
const traffic: string[] = [];

beforeEach(() => {
  traffic.length = 0;
  vi.stubGlobal("fetch", async () => {
    traffic.push("fetch");
    throw new Error("no network");
  });
  vi.spyOn(Socket.prototype, "connect").mockImplementation(() => {
    traffic.push("connect");
    throw new Error("no network");
  });
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

async function outcomeOf(environment: EnvironmentCase) {
  try {
    const { chosen, skipped } = await chooseOne(placeOf(environment));
    const others = skipped.map(({ method, because }) => `${method} (${because})`).join(", ");
    return {
      method: chosen.method,
      says: chosen.because,
      skips: others,
      shown: printed({ chosen, skipped }),
    };
  } catch (error) {
    const { code, message } = error as { readonly code: string; readonly message: string };
    const method = { NOT_AUTHENTICATED: "nothing", INVALID_OPTION: "error" }[code] ?? code;
    return { method, says: message, skips: "", shown: printed(error) };
  }
}

describe("what is chosen, and what is said", () => {
  test.each(environments)("$what: $method", async (environment) => {
    const { method, says, skips, shown } = await outcomeOf(environment);
    expect(method).toBe(environment.method);
    if (environment.method === "nothing" || environment.method === "error") {
      expect(says).toContain(environment.says);
    } else {
      expect(says).toBe(environment.says);
    }
    expect(skips).toContain(environment.skips ?? "");
    expect(shown).not.toContain("hunter2");
    expect(traffic).toEqual([]);
  });

  test("the table has at least 40 environments, each by a name of its own", () => {
    expect(environments.length).toBeGreaterThanOrEqual(40);
    expect(new Set(environments.map(({ what }) => what)).size).toBe(environments.length);
  });

  test("the README has the same table", () => {
    const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
    const rows = readme
      .split("\n")
      .filter((line) => line.startsWith("|"))
      .map((line) => line.split("|").map((cell) => cell.trim()));
    const documented = rows
      .filter((cells) => cells.length === 5)
      .map(([, what, method]) => `${what}: ${method}`);
    const expected = environments.map(({ what, method }) => {
      const shown = method === "nothing" || method === "error" ? method : `\`${method}\``;
      return `${what}: ${shown}`;
    });
    expect(documented.filter((each) => expected.includes(each))).toEqual(expected);
  });
});

test("the watch of this file sees a request", async () => {
  const server = createServer().listen(0);
  const { port } = server.address() as { readonly port: number };
  await expect(fetch(`http://127.0.0.1:${port}`)).rejects.toThrow("no network");
  expect(() => new Socket().connect(port)).toThrow("no network");
  server.close();
  expect(traffic).toEqual(["fetch", "connect"]);
});

test("on a developer's machine, the error says what there is to do; in a job, it does not", async () => {
  const cure = "On your own machine, set INFISICAL_UNIVERSAL_AUTH_CLIENT_ID";
  const at = (variables: readonly string[]) => outcomeOf({ what: "", variables, method: "", says: "" });
  expect((await at([])).says).toContain(cure);
  expect((await at(["CI"])).says).not.toContain(cure);
});

test("the error of an environment without a login lists every row of the order", async () => {
  const { says } = await outcomeOf({ what: "", variables: [], method: "", says: "" });
  const methods = [...says.matchAll(/([a-z]+-auth) \(/g)].map(([, method]) => method);
  expect(methods).toEqual([
    "token-auth",
    "universal-auth",
    "oidc-auth",
    "ldap-auth",
    "gcp-auth",
    "kubernetes-auth",
    "oidc-auth",
    "aws-auth",
    "azure-auth",
    "gcp-auth",
    "kubernetes-auth",
    "alicloud-auth",
    "oci-auth",
  ]);
});
