import { type OptionRule, optionError, requireFlag, toMilliseconds } from "@infisical/core/authoring";
import { markerName } from "../environment.ts";
import type { CommandOptions } from "./arguments.ts";
import { startChild } from "./child.ts";
import { environmentWith, withMarker } from "./environment.ts";
import { configurationOf, load } from "./load.ts";
import type { Subcommand } from "./main.ts";
import { codeOfSignal, endBySignal, onSignals } from "./signals.ts";
import { type Supervised, supervise } from "./supervise.ts";
import { UsageError } from "./usage-error.ts";

const flags: CommandOptions = {
  "--watch": { rule: requireFlag, help: "starts the command anew when a secret has changed" },
  "--interval": {
    value: "TIME",
    rule: between(1_000, "1 second"),
    help: "how often --watch looks, 30s by default",
  },
  "--grace": {
    value: "TIME",
    rule: between(0, "0"),
    help: "between SIGTERM and SIGKILL of --watch, 10s by default",
  },
};

/** `infisical-env run`: a command whose environment has the secrets. */
export const runCommand: Subcommand = {
  usage: "run [options] -- COMMAND [ARGUMENTS]",
  summary: "runs a command that has the secrets as variables",
  options: flags,
  takesCommand: true,
  async perform({ given, command, output }) {
    const [file, ...args] = command;
    if (file === undefined)
      throw new UsageError("run needs a command after --, as in: infisical-env run -- node app.js", "run");
    const watched = given["--watch"] === true;
    const alone = ["--interval", "--grace"].find((name) => given[name] !== undefined && !watched);
    if (alone !== undefined) throw new UsageError(`${alone} needs --watch`, "run");
    let running: Supervised | undefined;
    // Before the command is started, a signal ends this process, also as the first one of a container.
    const endSignals = onSignals((name, reachesAll) => {
      if (running) return running.signal(name, reachesAll);
      endSignals();
      endBySignal(name);
      process.exit(codeOfSignal(name));
    });
    const { options, hash } = await configurationOf(given);
    const loaded = await load(options, output);
    const variables = await withMarker(loaded.variables, hash);
    const watching = watched ? await import("./watch.ts") : undefined;
    // What can fail comes before the command is started.
    const endWatch = watching?.watchVariables({
      options,
      interval: (given["--interval"] as number | undefined) ?? 30_000,
      onVariables: async (each) => running?.update(await withMarker(each, hash)),
      onEvent: output.complain,
    });
    running = supervise({
      start: (each) => startChild([file, ...args], environmentWith(each)),
      variables,
      grace: (given["--grace"] as number | undefined) ?? 10_000,
      onReplace: (names) => {
        // The marker changes with the names; it says nothing to people.
        const changed = names.filter((name) => name !== markerName);
        output.say(`${changed.join(", ")} changed: starting ${file} anew`);
      },
    });
    const { code, signal, failure } = await running.ended;
    await endWatch?.();
    endSignals();
    if (failure !== undefined) output.complain(failure);
    return signal ? { code: codeOfSignal(signal), signal } : { code };
  },
};

/** The rule of a time that a timer can wait. */
function between(shortest: number, written: string): OptionRule {
  return (option, value) => {
    const milliseconds = toMilliseconds(option, value);
    if (milliseconds >= shortest && milliseconds <= longest) return milliseconds;
    throw optionError(option, `must be at least ${written} and at most 24 days`, value);
  };
}

const longest = 24 * 24 * 60 * 60 * 1_000;
