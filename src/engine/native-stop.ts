/** The part of the addon that ends a routine early. */
export interface StopAddon {
  /**
   * From now on every long routine that this thread calls throws when the first cell of `flag` is not zero: before it
   * begins, those of our own every few milliseconds, too. Null ends that. The caller keeps `flag` alive meanwhile.
   */
  watchStop(flag: Int32Array | null): void;
}
