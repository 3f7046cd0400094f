import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { root } from "../../scripts/pnpm.mjs";
import { readText } from "../../scripts/read-text.mjs";
import { writeClone } from "./clone.ts";
import { buildImage } from "./container.ts";
import { Terminal } from "./terminal.ts";
import { readSteps, type Step } from "./walkthrough.ts";

const minutes = 60_000;
const onAnyPort = { PORT: "0" };
const listening = /http:\/\/127\.0\.0\.1:\d+/;

test.each<[string, "\n" | "\r\n", Record<string, string>]>([
  // These files are those that the repository's own build had, so what it built is taken.
  ["LF", "\n", { TURBO_CACHE_DIR: join(root, ".turbo/cache") }],
  ["CRLF", "\r\n", {}],
])(
  "from a clone with %s to an own service, its test and its container, by the pages alone",
  { timeout: 20 * minutes },
  async (_name, lineEnd, variables) => {
    const place = realpathSync(mkdtempSync(join(tmpdir(), "infisical-newcomer-")));
    onTestFinished(() => rmSync(place, { recursive: true, maxRetries: 5 }), 2 * minutes);
    const clone = join(place, "mein Büro", "infisical-sdk");
    writeClone(clone, lineEnd);

    const readme = readText(join(clone, "README.md"));
    const [quickstart = ""] = /npm run quickstart/.exec(readme) ?? [];
    expect(new Terminal(clone, variables).run(quickstart)).toContain("DATABASE_URL");

    const page = readText(join(clone, "docs/recipes/service.md"));
    const terminal = new Terminal(clone, { ...variables, ...onAnyPort });
    const { answers, tests, login } = await follow(readSteps(page, "From an empty folder"), terminal);
    expect(tests).toEqual([expect.stringMatching(/pass 2\n[\s\S]*fail 0\n/)]);
    expect(answers).toEqual(['{"database":"localhost","level":"info"}']);
    expect(page).toContain(`It answers \`${answers[0]}\`.`);

    const image = buildImage(terminal.folder, mkdtempSync(join(place, "image ü ")));
    expect(existsSync(join(image.terminal.folder, ".env"))).toBe(false);
    expect(existsSync(join(image.terminal.folder, "node_modules/typescript"))).toBe(false);
    Object.assign(image.terminal.variables, login, onAnyPort, { HOST: "127.0.0.1" });
    const container = image.terminal.start(image.command.join(" "));
    const [address] = await container.says(listening);
    expect(await (await fetch(`${address}/status`)).json()).toEqual({ database: "localhost", level: "info" });
    // Windows knows no signal that a program can answer.
    expect(await container.stop("SIGTERM")).toBe(process.platform === "win32" ? 1 : 0);
  },
);

/** Does what a page says, beginning in the clone; gives what was answered, what its tests printed, and the login. */
async function follow(steps: readonly Step[], terminal: Terminal) {
  const clone = terminal.folder;
  const answers: string[] = [];
  const tests: string[] = [];
  let address = "";
  for (const step of steps) {
    if ("file" in step) {
      const target = join(terminal.folder, step.file);
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(target, step.text);
    } else if (step.command.startsWith("node scripts/server.mjs")) {
      await new Terminal(clone, terminal.variables).start(`${step.command} --port 0`).says(/Press Ctrl-C/);
    } else if (step.command === "npm start") {
      [address] = await terminal.start(step.command).says(listening);
    } else if (step.command.startsWith("curl ")) {
      const { pathname } = new URL(step.command.split(" ")[1] ?? "");
      answers.push(await (await fetch(`${address}${pathname}`)).text());
    } else {
      const printed = terminal.run(step.command);
      if (step.command === "npm test") tests.push(printed);
    }
  }
  const login = Object.fromEntries(
    [...readFileSync(join(terminal.folder, ".env"), "utf8").matchAll(/^(\w+)=(.*)$/gm)].map(
      ([, name, value]) => [name, value],
    ),
  );
  return { answers, tests, login };
}
