import { afterEach, expect } from "vitest";
import { InfisicalSDKError } from "../../packages/core/src/errors/errors.ts";
import { hunt } from "./hunt.ts";

/** More errors than that say nothing new. */
const mostErrors = 500;
const errors: Error[] = [];

/** What every error of ours is built on while tests run, so that none is made without being seen. */
class SeenError extends Error {
  constructor(...args: ConstructorParameters<typeof Error>) {
    super(...args);
    if (errors.length < mostErrors) errors.push(this);
  }
}
Object.setPrototypeOf(InfisicalSDKError, SeenError);

process.on("warning", (warning) => {
  if (errors.length < mostErrors) errors.push(warning);
});

afterEach(() => {
  for (const error of errors.splice(0)) hunt.see(error);
  expect(hunt.leaks(), "credentials or values in what can be printed").toEqual([]);
});
