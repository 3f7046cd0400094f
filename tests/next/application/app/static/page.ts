import { sentence } from "../../lib/sentence";

/** Rendered when the application is built, and then kept. */
export default function Page() {
  return sentence();
}
