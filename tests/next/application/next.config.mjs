import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL(".", import.meta.url));

/** @type {import("next").NextConfig} */
export default {
  cacheComponents: process.env["TEST_CACHE_COMPONENTS"] === "yes",
  // Folders above it may have lockfiles of their own.
  turbopack: { root },
  outputFileTracingRoot: root,
};
