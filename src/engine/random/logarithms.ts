import { type Native, native } from '../native.ts';
import { accurateLog } from './accurate-log.ts';

let library: Native['log'] | null | undefined;

/**
 * log(x) of every element, in place, with the bits that NumPy's legacy streams have on this machine: both call the C
 * library. Without the addon it is rounded correctly, which differs from glibc's in one case of a thousand.
 */
export function logarithms(x: Float64Array): void {
  library ??= fromAddon();
  if (library !== null) library(x);
  else for (let i = 0; i < x.length; i++) x[i] = accurateLog(x[i]);
}

function fromAddon(): Native['log'] | null {
  try {
    const addon = native();
    return typeof addon.log === 'function' ? addon.log.bind(addon) : null;
  } catch {
    return null;
  }
}
