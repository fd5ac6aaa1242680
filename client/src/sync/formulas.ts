/**
 * Reckon as the server does, in whole milli-units and whole milliseconds, so that what
 * is predicted is what will be confirmed. tests/vectors/formulas.json holds what the
 * server's own functions give; the tests of both sides read it.
 */
export * from "./formulas/orders";
export * from "./formulas/reasons";
export * from "./formulas/stock";
export * from "./formulas/travel";
