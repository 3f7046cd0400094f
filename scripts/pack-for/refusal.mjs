/** Something that the user can put right; its message is one sentence for them. */
export class Refusal extends Error {
  /** @override */
  name = "Refusal";
}
