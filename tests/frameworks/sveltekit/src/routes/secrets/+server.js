import { json } from "@sveltejs/kit";
import { env } from "$env/dynamic/private";

/** Shows what arrived: for the tests only. */
export function GET() {
  return json({
    API_KEY: env.API_KEY,
    PRIVATE_KEY: env.PRIVATE_KEY,
    NUXT_DATABASE_URL: env.NUXT_DATABASE_URL,
    NUXT_TITLE: env.NUXT_TITLE,
  });
}
