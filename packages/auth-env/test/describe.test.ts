import { fileURLToPath } from "node:url";
import { describe, expect, test, vi } from "vitest";
import { describeEnvironmentAuth } from "../src/index.ts";
import { placeOf } from "../src/place.ts";
import { tableOf } from "../src/table.ts";

const identityId = "an-identity";

test("a description has the method and the reasons, and not the credentials", async () => {
  const environment = {
    INFISICAL_UNIVERSAL_AUTH_CLIENT_ID: "hunter2",
    INFISICAL_UNIVERSAL_AUTH_CLIENT_SECRET: "hunter2",
  };
  expect(await describeEnvironmentAuth({ environment })).toEqual({
    chosen: {
      method: "universal-auth",
      because: "INFISICAL_UNIVERSAL_AUTH_CLIENT_ID and INFISICAL_UNIVERSAL_AUTH_CLIENT_SECRET are set",
    },
    skipped: [
      { method: "token-auth", because: "no INFISICAL_TOKEN or INFISICAL_UNIVERSAL_AUTH_ACCESS_TOKEN" },
    ],
  });
});

test("without anything to choose, a description says what is missing", async () => {
  const { chosen, skipped } = await describeEnvironmentAuth({ environment: {} });
  expect(chosen).toBeUndefined();
  expect(skipped).toContainEqual({ method: "kubernetes-auth", because: "no KUBERNETES_SERVICE_HOST" });
  expect(skipped.at(-1)).toEqual({ method: "oci-auth", because: "no INFISICAL_OCI_AUTH_IDENTITY_ID" });
});

test("a contradiction is an error here too", async () => {
  const environment = { INFISICAL_LDAP_USERNAME: "app", INFISICAL_MACHINE_IDENTITY_ID: identityId };
  await expect(describeEnvironmentAuth({ environment })).rejects.toMatchObject({ code: "INVALID_OPTION" });
  await expect(describeEnvironmentAuth({ method: "nonsense" as never })).rejects.toThrow(
    "method must be one of",
  );
});

test("the option names a method, and the reason says so", async () => {
  const environment = { INFISICAL_MACHINE_IDENTITY_ID: identityId };
  const { chosen, skipped } = await describeEnvironmentAuth({ method: "aws_iam", environment });
  expect(chosen).toEqual({ method: "aws-auth", because: "method names it" });
  expect(skipped).toEqual([]);
});

describe("the table for a person", () => {
  test("has a line for each method, the chosen one last", async () => {
    const environment = { INFISICAL_UNIVERSAL_AUTH_ACCESS_TOKEN: "hunter2" };
    expect(tableOf(await describeEnvironmentAuth({ environment }), "Do this.")).toBe(
      "chosen   token-auth       INFISICAL_UNIVERSAL_AUTH_ACCESS_TOKEN is set\n",
    );
  });

  test("says that nothing is chosen", async () => {
    const lines = tableOf(await describeEnvironmentAuth({ environment: {} }), "Do this.").split("\n");
    expect(lines[1]).toBe("skipped  universal-auth   no INFISICAL_UNIVERSAL_AUTH_CLIENT_ID");
    expect(lines.slice(-2)).toEqual(["nothing is chosen. Do this.", ""]);
  });
});

describe("the place where a choice looks", () => {
  test("tells files that exist from others", async () => {
    const { exists } = placeOf({});
    const path = fileURLToPath(import.meta.url);
    expect([await exists(path), await exists(`${path}/below`), await exists(`${path}.not`)]).toEqual([
      true,
      false,
      false,
    ]);
  });

  test("drops white space, and takes an empty variable for one that is not set", () => {
    const { read } = placeOf({ A: " a\n", B: " ", C: undefined, D: 1 as never });
    expect(["A", "B", "C", "D", "toString"].map(read)).toEqual(["a", ...Array(4).fill(undefined)]);
  });

  test("is the process by default", () => {
    vi.stubEnv("INFISICAL_TOKEN", "a-token ");
    expect(placeOf(undefined).read("INFISICAL_TOKEN")).toBe("a-token");
    vi.unstubAllEnvs();
  });
});

test("a record that cannot be read is an error by its name", async () => {
  const environment = {
    get INFISICAL_TOKEN(): string {
      throw new Error("hunter2");
    },
  };
  await expect(describeEnvironmentAuth({ environment })).rejects.toThrow(
    "environment must be readable: a getter or a proxy throws.",
  );
});
