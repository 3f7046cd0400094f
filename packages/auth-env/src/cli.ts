#!/usr/bin/env node
import { describeEnvironmentAuth } from "./describe.ts";

// Prints for a person how environmentAuth() would log in. Names of variables and files only.
try {
  const { chosen, skipped } = await describeEnvironmentAuth();
  const rows = [
    ...skipped.map(({ method, because }) => ["skipped", method, because]),
    chosen ? ["chosen", chosen.method, chosen.because] : ["nothing is chosen", "", ""],
  ];
  const lines = rows.map(([what = "", method = "", why = ""]) =>
    `${what.padEnd(9)}${method.padEnd(17)}${why}`.trimEnd(),
  );
  process.stdout.write(`${lines.join("\n")}\n`);
  process.exitCode = chosen ? 0 : 1;
} catch (error) {
  process.stderr.write(`infisical-auth-env: ${(error as Error).message}\n`);
  process.exitCode = 1;
}
