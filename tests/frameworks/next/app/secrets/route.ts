import { connection } from "next/server";

const names = ["API_KEY", "PRIVATE_KEY", "NUXT_DATABASE_URL", "NUXT_TITLE"];

/** Gives the variables as they are. */
export async function GET() {
  await connection();
  return Response.json(Object.fromEntries(names.map((name) => [name, process.env[name]])));
}
