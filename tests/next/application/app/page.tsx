import { connection } from "next/server";
import { Suspense } from "react";
import { sentence } from "../lib/sentence";

async function Key() {
  // From here on it is rendered at a request, never when the application is built.
  await connection();
  return sentence();
}

export default function Page() {
  return (
    <Suspense fallback="…">
      <Key />
    </Suspense>
  );
}
