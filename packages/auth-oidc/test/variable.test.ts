import { expect, test } from "vitest";
import { fromVariable } from "../src/variable.ts";
import { emptyEnvironment, failureWithout } from "./source-kit.ts";
import { variableCases } from "./variable-cases.ts";

emptyEnvironment();

const renewal = "Start the program with another one, or use a token file.";
variableCases("INFISICAL_JWT", () => fromVariable("INFISICAL_JWT"), renewal);

test("without the variable, the source does not apply", async () => {
  expect(await failureWithout([], fromVariable("INFISICAL_JWT"))).toMatchObject({
    code: "TOKEN_UNAVAILABLE",
    message: "The variable INFISICAL_JWT, which contains the JWT, is not set.",
  });
});

test.each([undefined, 7, "", "A-B", "1A", "$TOKEN", "eyJh.hunter2.eyJh"])(
  "%j is not the name of a variable, and is not repeated",
  (name) => {
    const create = () => fromVariable(name as never);
    expect(create).toThrow(/^name must be/);
    expect(create).not.toThrow(/hunter2/);
  },
);

test.each(["constructor", "toString", "__proto__"])(
  "the variable %s is not an inherited method",
  async (name) => {
    expect(await failureWithout([], fromVariable(name))).toMatchObject({ code: "TOKEN_UNAVAILABLE" });
  },
);
