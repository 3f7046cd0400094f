import { formatWithOptions } from "node:util";
import { InfisicalSDKError, TransportError } from "@infisical/core";

/** More of them tell nothing new. */
const mostSeen = 500;

/** What could be printed since the last test: errors, warnings, and what was. Test files of one process share it. */
export const seen: unknown[] = [];

function see(value: unknown): void {
  if (seen.length < mostSeen) seen.push(value);
}

/** The base of every error of ours while tests run, so that none is created unseen. */
class SeenError extends Error {
  constructor(...args: ConstructorParameters<typeof Error>) {
    super(...args);
    see(this);
  }
}
Object.setPrototypeOf(InfisicalSDKError, SeenError);

/** The base of transports' errors. A test may put anything into one; the packages must not. */
class SeenTransportError extends Error {
  constructor(...args: ConstructorParameters<typeof Error>) {
    super(...args);
    const creator = this.stack
      ?.split("\n")
      .find((line) => / at /.test(line) && !/ at new |seen\.ts/.test(line));
    if (/packages\/[\w-]+\/src\//.test(creator ?? "")) see(this);
  }
}
Object.setPrototypeOf(TransportError, SeenTransportError);

for (const method of ["debug", "error", "info", "log", "warn"] as const) {
  const print = console[method];
  console[method] = (...args: unknown[]) => {
    see(formatWithOptions({ depth: null, showHidden: true }, ...args));
    print(...args);
  };
}
for (const stream of [process.stdout, process.stderr]) {
  const write = stream.write.bind(stream) as (...args: unknown[]) => boolean;
  stream.write = (...args: unknown[]) => {
    see(String(args[0]));
    return write(...args);
  };
}
process.on("warning", see);
process.on("unhandledRejection", see);
process.on("uncaughtExceptionMonitor", see);
