import { sentence } from "../../../lib/sentence";

export const runtime = "edge";
/** Makes Next.js keep even what a request says is not to be kept. */
export const fetchCache = "force-cache";

export async function GET() {
  return new Response(await sentence());
}
