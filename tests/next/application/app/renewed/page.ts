import { sentence } from "../../lib/sentence";

/** Rendered when the application is built, and again at a request once it is a second old. */
export const revalidate = 1;

export default function Page() {
  return sentence();
}
