import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync } from "node:fs";
import { basename, delimiter, join, resolve } from "node:path";
import { onTestFinished } from "vitest";
import { program } from "../../scripts/programs/program.mjs";
import { runProgram } from "../../scripts/programs/run.mjs";

/** What the programs of this test's runner set for theirs. */
const ofThisProcess = /^(?:npm_(?!config_)|VITEST|NODE_ENV$|NODE_OPTIONS$|INFISICAL_|TEST$|INIT_CWD$|CI$)/i;
const inherited = Object.fromEntries(
  Object.entries(process.env)
    .filter(([name]) => !ofThisProcess.test(name))
    .map(([name, value]) => [name, /^path$/i.test(name) ? withoutOurs(value) : value]),
);

/** A search path without the programs of this repository, which npm adds. */
function withoutOurs(path = ""): string {
  const folders = path.split(delimiter);
  return folders.filter((folder) => !folder.endsWith(join("node_modules", ".bin"))).join(delimiter);
}

/** A program that goes on until it is stopped. */
export interface Running {
  /** Waits for a line that fits, and gives the match. */
  says(pattern: RegExp): Promise<RegExpExecArray>;
  /** Asks it to end, by default as Ctrl-C does, and gives its exit code. */
  stop(signal?: "SIGINT" | "SIGTERM"): Promise<number | null>;
}

/** A terminal that knows what the pages use, on every system: `cd`, `mkdir`, and programs. */
export class Terminal {
  /** Variables of the programs that it starts. */
  readonly variables: Record<string, string>;
  folder: string;

  constructor(folder: string, variables: Readonly<Record<string, string>> = {}) {
    this.folder = folder;
    this.variables = { NO_COLOR: "1", ...variables };
  }

  /** Runs a line to its end; gives what it prints, and fails with all that it printed. */
  run(line: string): string {
    const [command = "", ...args] = wordsOf(line);
    if (command === "cd") this.folder = resolve(this.folder, args[0] ?? "");
    else if (command === "mkdir") mkdirSync(resolve(this.folder, args[0] ?? ""));
    else {
      const { status, stdout, stderr } = runProgram(command, args, this.#options());
      if (status !== 0)
        throw new Error(`${line} ended with ${status} in ${this.folder}:\n${stdout}${stderr}`);
      return stdout;
    }
    return "";
  }

  /** Starts a line that does not end by itself. It is stopped with the test. */
  start(line: string): Running {
    const [command = "", ...given] = wordsOf(line);
    const { file, args, windowsVerbatimArguments } = program(command, given);
    const child = spawn(file, args, {
      ...this.#options(),
      windowsVerbatimArguments,
      stdio: ["ignore", "pipe", "pipe"],
      // A group of its own, which is stopped as a whole.
      detached: process.platform !== "win32",
    });
    return running(child, `${basename(this.folder)}: ${line}`);
  }

  #options() {
    return { cwd: this.folder, env: { ...inherited, ...this.variables } };
  }
}

function running(child: ChildProcess, name: string): Running {
  const ended = new Promise<number | null>((done) => child.once("exit", done));
  let printed = "";
  const listeners = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (text: string) => {
      printed += text;
      for (const listener of listeners) listener();
    });
  }
  const stop: Running["stop"] = (signal = "SIGINT") => {
    if (child.exitCode === null && child.signalCode === null) send(signal, child);
    return ended;
  };
  onTestFinished(async () => void (await stop()));
  return {
    stop,
    async says(pattern) {
      const found = new Promise<RegExpExecArray>((done) => {
        const look = () => {
          const match = pattern.exec(printed);
          if (match) done(match);
        };
        listeners.add(look);
        look();
      });
      const match = await Promise.race([found, ended]);
      if (Array.isArray(match)) return match;
      throw new Error(`${name} ended with ${match} before it said ${pattern}:\n${printed}`);
    },
  };
}

/** Tells all of them: npm passes a signal on to its shell, which does not pass it on to the program. */
function send(signal: NodeJS.Signals, { pid }: ChildProcess): void {
  if (pid === undefined) return;
  if (process.platform === "win32") runProgram("taskkill", ["/pid", String(pid), "/t", "/f"]);
  else process.kill(-pid, signal);
}

/** The words of a line, quoted ones whole. */
function wordsOf(line: string): string[] {
  return [...line.matchAll(/"([^"]*)"|[^\s"]+/g)].map(([whole, quoted]) => quoted ?? whole);
}
