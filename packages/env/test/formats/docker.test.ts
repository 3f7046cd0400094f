import { spawn, spawnSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { expect, onTestFinished, test } from "vitest";
import { serve } from "#test-kit";
import { writeVariables } from "../../src/formats/write-variables.ts";
import { held, holds, hostile, variables } from "./values.ts";

/** Reads a file by the rules that Docker documents: lines, comments, and nothing else with a meaning. */
function read(text: string): Record<string, string> {
  const found: Record<string, string> = {};
  for (const line of text
    .replace(/^\ufeff/, "")
    .split("\n")
    .map((each) => each.replace(/\r$/, ""))) {
    const variable = line.replace(/^[\s\u0085]+/, "");
    if (variable === "" || variable.startsWith("#")) continue;
    expect(Buffer.byteLength(line)).toBeLessThan(65_536);
    const [, name = "", value = ""] = /^([^= \t]+)=(.*)$/s.exec(variable) ?? [];
    expect(name).not.toBe("");
    found[name] = value;
  }
  return found;
}

test("a reader by Docker's rules reads back what is written", () => {
  fc.assert(
    fc.property(variables, (values) => {
      const expected = held("docker", values);
      expect(read(writeVariables("docker", expected))).toEqual(expected);
    }),
    { numRuns: 300 },
  );
});

test("only what is not a line is refused", () => {
  fc.assert(
    fc.property(hostile, (value) => {
      const isLine = !/[\n\0\p{Cs}]|\r$/u.test(value) && Buffer.byteLength(value) < 65_534;
      expect(holds("docker", { A: value })).toBe(isLine);
    }),
  );
});

test("a line of 64 KiB is refused, in bytes", () => {
  expect(holds("docker", { A: "x".repeat(65_533) })).toBe(true);
  expect(holds("docker", { A: "x".repeat(65_534) })).toBe(false);
  expect(holds("docker", { A: "é".repeat(32_767) })).toBe(false);
});

test.each(["", "A B", "A\tB", "#A", "A=B", "A\nB", "\ufeffA", " A", "A\0"])(
  "the name %j is refused",
  (name) => {
    expect(holds("docker", { [name]: "" })).toBe(false);
  },
);

test("names that a shell does not know are held", () => {
  expect(writeVariables("docker", { "spring.datasource-url": "'x'", UID: "1" })).toBe(
    "UID=1\nspring.datasource-url='x'\n",
  );
});

const hasDocker = spawnSync("docker", ["--version"]).status === 0;

test.skipIf(!hasDocker)("the client of Docker sends its daemon what was written", async () => {
  const names = fc
    .sample(hostile, { numRuns: 400, seed: 7 })
    .map((value, index) => [`A${index}`, value] as const);
  const expected = held("docker", Object.fromEntries([...names, ["LONGEST", "x".repeat(65_527)]]));
  expect(Object.keys(expected)).toContain("LONGEST");
  const folder = await mkdtemp(join(tmpdir(), "env-docker-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  await writeFile(join(folder, "variables"), writeVariables("docker", expected));
  let created = "";
  const daemon = await serve((request, response) => {
    const isCreation = /\/containers\/create/.test(request.url ?? "");
    request.setEncoding("utf8").on("data", (part) => {
      if (isCreation) created += part;
    });
    response.writeHead(isCreation ? 201 : 200, { "content-type": "application/json", "api-version": "1.50" });
    request.on("end", () => response.end(isCreation ? '{"Id":"a","Warnings":[]}' : "{}"));
  });
  const client = spawn(
    "docker",
    ["-H", `tcp://${new URL(daemon.url).host}`, "create", "--env-file", "variables", "image"],
    {
      cwd: folder,
      stdio: ["ignore", "ignore", "inherit"],
      env: { PATH: process.env["PATH"], DOCKER_CONFIG: folder },
    },
  );
  expect(await new Promise((resolve) => client.on("close", resolve))).toBe(0);
  const sent: string[] = JSON.parse(created).Env;
  expect(sent.sort()).toEqual(
    Object.entries(expected)
      .map((entry) => entry.join("="))
      .sort(),
  );
});
