import { expect } from "vitest";
import { hunt } from "../leak-hunt/hunt.ts";

/** What a program leaves behind: errors that nobody catches, and resources that keep it alive. */
export class Leftovers {
  #unhandled: unknown[] = [];
  #before: ReadonlyMap<string, number> = new Map();
  #printers: readonly NodeJS.WarningListener[] = [];
  /** Warnings are kept from the console, but not from the hunt for leaks. */
  readonly #warn = (warning: Error): void => {
    hunt.see(warning);
  };
  readonly #note = (reason: unknown): void => {
    this.#unhandled.push(reason);
  };

  /** Begins to look. */
  begin(): void {
    this.#unhandled = [];
    process.on("unhandledRejection", this.#note).on("uncaughtException", this.#note);
    this.#printers = process.listeners("warning") as NodeJS.WarningListener[];
    process.removeAllListeners("warning").on("warning", this.#warn);
    this.#before = resources();
  }

  /** Runs something, and throws where it leaves an error that nobody catches. */
  async during(work: () => Promise<unknown>): Promise<void> {
    await work();
    await turn();
    const [reason] = this.#unhandled.splice(0);
    if (reason !== undefined) throw new Error("an error that nobody catches", { cause: reason });
  }

  /** Ends to look: nothing may be left. */
  async end(): Promise<void> {
    await turn();
    process.off("warning", this.#warn);
    for (const printer of this.#printers) process.on("warning", printer);
    process.off("unhandledRejection", this.#note).off("uncaughtException", this.#note);
    expect(this.#unhandled).toEqual([]);
    // Sockets close a moment later.
    await expect.poll(() => this.#left()).toEqual([]);
  }

  #left(): string[] {
    return [...resources()]
      .filter(([name, count]) => count > (this.#before.get(name) ?? 0))
      .map(([name, count]) => `${name}: ${count}`);
  }
}

/** How many timers and sockets there are. Timers that do not keep the process alive are not among them. */
function resources(): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const name of process.getActiveResourcesInfo()) {
    if (/Timeout|TCP|TLS/.test(name)) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return counts;
}

function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
