import { connection } from "next/server";
import { sentence } from "../../../lib/sentence";

export async function GET() {
  await connection();
  return new Response(await sentence());
}
