import { env } from "$env/dynamic/private";

export function load() {
  return { length: env.API_KEY?.length };
}
