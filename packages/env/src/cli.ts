#!/usr/bin/env node
import { main } from "./command/main.ts";
import { endBySignal } from "./command/signals.ts";

// A reader of the output that leaves early is told by the write itself.
process.stdout.on("error", () => undefined);

const { code, signal } = await main(process.argv.slice(2));
if (signal) endBySignal(signal);
// A configuration file may have left something open that would keep the process alive.
process.exit(code);
