/** Files that the page has sent, and the one among them that was asked for. */
export interface SentFiles {
  /** The name of the file; absent where the page has none for what was asked. */
  readonly file?: string | undefined;
  /** The texts of the files that it needs and that were not sent before. */
  readonly texts: Readonly<Record<string, string>>;
}

type Namespace = Readonly<Record<string, unknown>>;

/** Imports modules from texts, since nothing can be fetched from where examples run. */
export class ModuleFiles {
  readonly #request: (name: string) => Promise<SentFiles>;
  readonly #texts = new Map<string, string>();
  readonly #urls = new Map<string, string>();
  readonly #imported = new Map<string, Promise<Namespace>>();
  #arrived: Promise<unknown> = Promise.resolve();

  /** @param request - Asks the page for the files of a module, by its name or that of a file. */
  constructor(request: (name: string) => Promise<SentFiles>) {
    this.#request = request;
  }

  /**
   * Imports a module with all that it imports.
   *
   * @param name - Of a package, such as `@infisical/sdk`, or of a file.
   * @throws TypeError if the page has no such module.
   */
  import(name: string): Promise<Namespace> {
    // Two that ask for a module at once wait for one response.
    const known = this.#imported.get(name);
    if (known !== undefined) return known;
    const imported = this.#load(name);
    this.#imported.set(name, imported);
    return imported;
  }

  async #load(name: string): Promise<Namespace> {
    // One after another: what a response leaves out is in those before it.
    const sent = this.#arrived.then(() => this.#request(name));
    this.#arrived = sent;
    const { file, texts } = await sent;
    if (file === undefined) throw new TypeError(`The module "${name}" is not among those that run in a page`);
    for (const [path, text] of Object.entries(texts)) this.#texts.set(path, text);
    return importText(this.#urlOf(file));
  }

  /** The address of a file in which imports of other files are replaced by their addresses. */
  #urlOf(file: string): string {
    const known = this.#urls.get(file);
    if (known !== undefined) return known;
    const text = this.#texts.get(file) ?? "";
    const linked = text.replaceAll(/"\.\/([\w-]+\.js)"/g, (quoted, name: string) =>
      this.#texts.has(name) ? `"${this.#urlOf(name)}"` : quoted,
    );
    const url = urlOf(linked);
    this.#urls.set(file, url);
    return url;
  }
}

/** @param text - Of a module. */
export function urlOf(text: string): string {
  return URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
}

/** @param url - Of a module. */
export function importText(url: string): Promise<Namespace> {
  return import(/* @vite-ignore */ url);
}
