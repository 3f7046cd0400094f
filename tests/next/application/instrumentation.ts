/** Runs once when the server starts, before its first request. */
export async function register() {
  if (process.env["NEXT_RUNTIME"] !== "nodejs") return;
  const { readSecret } = await import("./lib/infisical");
  await readSecret("API_KEY");
}
