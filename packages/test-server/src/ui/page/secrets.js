import { announce, button, element, find, noteRest, write } from "./elements.js";
import { keyedRows, setOptions } from "./keyed-rows.js";
import { act, messageOf } from "./server.js";

/** @typedef {{ readonly project: string, readonly environment: string, readonly path: string }} Place */
/** @typedef {{ readonly path: string, readonly text: string }} ShownFolder */
/** @typedef {{ readonly generation: number, readonly id: string, readonly version: number }} Content */
/** @typedef {Place & { readonly name: string } & Content} ShownSecret */

const project = find("project", HTMLSelectElement);
const environment = find("environment", HTMLSelectElement);
const hidden = "••••••••";

/**
 * Shows one folder: its folders, and the names of its secrets. A value is asked for when it is to be shown.
 *
 * @param {(place: Place) => void} go
 */
export function secretList(go) {
  /** @type {Place} */
  let place = { project: "", environment: "", path: "/" };
  /** @param {ShownFolder} folder */
  const createFolder = ({ path, text }) => {
    const row = element("li");
    row.append(button(text, `Open the folder ${path}`, () => go({ ...place, path })));
    return { row, update: () => {} };
  };
  const showFolders = keyedRows(
    "folders",
    "secrets-heading",
    ({ path, text }) => `${path} ${text}`,
    createFolder,
  );
  const showSecrets = keyedRows("secrets", "secrets-heading", keyOf, createRow);
  project.addEventListener("change", () => go({ project: project.value, environment: "", path: "/" }));
  environment.addEventListener("change", () => go({ ...place, environment: environment.value, path: "/" }));
  /** @param {import("./server.js").PageState} state */
  return ({ generation, projects, place: shown }) => {
    setOptions(
      project,
      projects.items.map(({ id, name }) => ({ value: id, text: name })),
      shown?.projectId ?? "",
    );
    const environments = shown?.environments ?? [];
    setOptions(
      environment,
      environments.map(({ slug, name }) => ({ value: slug, text: name })),
      shown?.environment ?? "",
    );
    if (shown) place = { project: shown.projectId, environment: shown.environment, path: shown.path };
    write(find("path", HTMLElement), place.path);
    showFolders(foldersNear(place.path, shown?.folders.items ?? []));
    const { items, total } = shown?.secrets ?? { items: [], total: 0 };
    showSecrets(items.map((secret) => ({ ...place, ...secret, generation })));
    noteRest("secrets-note", { items, total }, "This folder has no secrets.");
  };
}

/**
 * The folder above one, and those in it.
 *
 * @param {string} path
 * @param {readonly string[]} names
 * @returns {ShownFolder[]}
 */
function foldersNear(path, names) {
  const base = path === "/" ? "" : path;
  const above = { path: base.slice(0, base.lastIndexOf("/")) || "/", text: "↑ Up" };
  const within = names.map((name) => ({ path: `${base}/${name}`, text: name }));
  return base === "" ? within : [above, ...within];
}

/** @param {ShownSecret} secret */
function keyOf({ project: id, environment: slug, path, name }) {
  return JSON.stringify([id, slug, path, name]);
}

/**
 * Which value a secret has: ids and versions start again with a reset, and versions with each secret.
 *
 * @param {Content} content
 */
function contentOf({ generation, id, version }) {
  return `${generation} ${id} ${version}`;
}

/** @param {ShownSecret} secret */
function createRow({ generation: seen, id: _id, version: _version, ...secret }) {
  const row = element("tr");
  const [name, cell, actions] = [element("td"), element("td"), element("td", "", "short")];
  const value = element("code", hidden);
  let generation = seen;
  /** @type {string | undefined} */
  let shown;
  const hide = () => {
    shown = undefined;
    value.textContent = hidden;
    toggle.textContent = "Show";
    toggle.setAttribute("aria-label", `Show ${secret.name}`);
  };
  const show = async () => {
    try {
      const from = generation;
      const answer = await act("show-secret", { generation: from, ...secret });
      shown = contentOf({ generation: from, id: String(answer["id"]), version: Number(answer["version"]) });
      value.textContent = String(answer["value"]);
      toggle.textContent = "Hide";
      toggle.setAttribute("aria-label", `Hide ${secret.name}`);
      announce(`${secret.name} is shown.`);
    } catch (error) {
      announce(messageOf(error));
    }
  };
  const toggle = button("Show", `Show ${secret.name}`, () => {
    if (shown === undefined) void show();
    else hide();
  });
  name.append(element("code", secret.name));
  cell.append(value);
  actions.append(toggle);
  row.append(name, cell, actions);
  /** @param {ShownSecret} current */
  const update = (current) => {
    generation = current.generation;
    if (shown !== undefined && shown !== contentOf(current)) hide();
  };
  return { row, update };
}
