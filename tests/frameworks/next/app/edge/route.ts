export const runtime = "edge";

const names = ["API_KEY", "PRIVATE_KEY", "NUXT_DATABASE_URL", "NUXT_TITLE"];

/** Gives the variables of the edge runtime, as they are. */
export async function GET() {
  return Response.json(Object.fromEntries(names.map((name) => [name, process.env[name]])));
}
