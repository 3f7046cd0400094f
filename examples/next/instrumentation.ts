/** Reads the secrets into `process.env` when the server starts, before its first request. */
export { register } from "@infisical/env/next";
