/** The same keys as the source, each with words of another language. Arguments are compared by a test. */
export type Translated<Source> = {
  readonly [Key in keyof Source]: Source[Key] extends string ? string : Translated<Source[Key]>;
};
