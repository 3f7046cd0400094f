import { startLocalServer } from "./local-server.mjs";

const server = await startLocalServer();
Object.assign(process.env, server.environment);
try {
  // Only now: like in Lambda, the environment is there before the handler's module is loaded.
  const { handler } = await import("./handler.mjs");
  for (const start of ["cold", "warm"]) {
    const begun = performance.now();
    const { statusCode, body } = await handler();
    console.log(`${start}: ${statusCode} ${body} in ${Math.round(performance.now() - begun)} ms`);
  }
} finally {
  await server.close();
}
