/** What an example can import in the page, and the files that this loads. */
export interface Manifest {
  /** The file of each module, by the name that examples import. */
  modules: Record<string, string>;
  /** The file of what examples take as given. */
  placeholders: string;
  /** The files that each file imports when it is loaded. */
  imports: Record<string, string[]>;
}
