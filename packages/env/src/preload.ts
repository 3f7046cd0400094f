import { isMainThread } from "node:worker_threads";

// Node runs a preload again in each worker, which has a copy of the variables.
if (isMainThread) {
  const { preload } = await import("./run-preload.ts");
  await preload();
}
