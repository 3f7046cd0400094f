/** Rendered when the application is built, and then kept. */
export default function Page() {
  return `The key had ${(process.env["API_KEY"] ?? "").length} characters.`;
}
