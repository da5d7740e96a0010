/** What one measurement gives: numbers by name, in the unit that the name says. */
export type Figures = Readonly<Record<string, number>>;
