/** Row-major values of a picture. */
export interface Values {
  width: number;
  height: number;
  values: Float32Array;
}
