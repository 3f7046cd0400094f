#!/usr/bin/env node
import { describeEnvironmentAuth } from "./describe.ts";
import { adviceFor } from "./nothing-fits.ts";
import { placeOf } from "./place.ts";
import { tableOf } from "./table.ts";

// Tells a person how environmentAuth() would log in here. It prints names of variables and files only.
try {
  const description = await describeEnvironmentAuth();
  process.stdout.write(tableOf(description, adviceFor(placeOf(undefined))));
  process.exitCode = description.chosen ? 0 : 1;
} catch (error) {
  process.stderr.write(`infisical-auth-env: ${(error as Error).message}\n`);
  process.exitCode = 1;
}
