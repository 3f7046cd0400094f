/**
 * What Nest's own types say, as far as it concerns this package. They are not imported: Nest 12 publishes its types as ESM
 * only, which CommonJS with older versions of TypeScript cannot import.
 */

/** Whatever Nest accepts in a place whose elements it checks itself, such as an imported module. */
// biome-ignore lint/suspicious/noExplicitAny: nothing else can be assigned to the types of Nest 11 and of Nest 12.
export type NestValue = any;

/** A class that Nest can create. */
export type NestClass<Instance> = new (...dependencies: NestValue[]) => Instance;

/** A dynamic module, for the `imports` of another one. */
export interface NestModule {
  /** The class of the module. */
  readonly module: NestClass<object>;
  /** Whether all other modules see what it exports. */
  readonly global: boolean;
  /** The modules that it imports. */
  readonly imports: NestValue[];
  /** What it provides. */
  readonly providers: NestValue[];
  /** What its importers can inject. */
  readonly exports: NestValue[];
}

/** A provider that a function creates. */
export interface FactoryProvider {
  readonly provide: NestValue;
  readonly inject: NestValue[];
  readonly useFactory: (...dependencies: NestValue[]) => unknown;
}
