import { sentence } from "../../lib/sentence";

export const runtime = "edge";

export async function GET() {
  return new Response(await sentence());
}
