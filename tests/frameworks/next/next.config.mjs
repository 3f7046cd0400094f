import { fileURLToPath } from "node:url";

/** What is installed is above the application. */
const root = fileURLToPath(new URL("..", import.meta.url));

/** @type {import("next").NextConfig} */
export default { turbopack: { root }, outputFileTracingRoot: root };
