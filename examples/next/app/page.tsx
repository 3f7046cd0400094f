import { connection } from "next/server";

/** Shows what may be known of the secret, never the secret: whatever a component returns is sent to the browser. */
export default async function Page() {
  // From here on it is rendered at a request, never when the application is built.
  await connection();
  const { API_KEY = "" } = process.env;
  return `The key has ${API_KEY.length} characters.`;
}
