/** Elements from which the addon does the work; chosen, so that small arrays never pay for the call. */
export const crossover = {
  /** Where the JavaScript loop is plain arithmetic on numbers. */
  plain: 2048,
  /** Where it calls a function for each element, or makes a bigint of it. */
  costly: 192,
};
