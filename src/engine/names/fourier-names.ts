/** The functions of `numpy.fft` by their names there. */
import * as fourier from '../fourier.ts';
import { PyFloat } from '../scalar.ts';
import { direct, type Named } from './signature.ts';

const one = 'a n? axis? norm? out>';
const several = 'a s? axes? norm? out>';

const table: Readonly<Record<string, Named>> = {
  fft: direct(fourier.fft, one),
  ifft: direct(fourier.ifft, one),
  rfft: direct(fourier.rfft, one),
  irfft: direct(fourier.irfft, one),
  hfft: direct(fourier.hfft, one),
  ihfft: direct(fourier.ihfft, one),
  fftn: direct(fourier.fftn, several),
  ifftn: direct(fourier.ifftn, several),
  rfftn: direct(fourier.rfftn, several),
  irfftn: direct(fourier.irfftn, several),
  fft2: direct(fourier.fft2, several),
  ifft2: direct(fourier.ifft2, several),
  rfft2: direct(fourier.rfft2, several),
  irfft2: direct(fourier.irfft2, several),
  fftfreq: direct(fourier.fftfreq, 'n d? device~'),
  rfftfreq: direct(fourier.rfftfreq, 'n d? device~'),
  fftshift: direct(fourier.fftshift, 'x axes?'),
  ifftshift: direct(fourier.ifftshift, 'x axes?'),
};

/** Lengths and distances are plain numbers there, never weak operands. */
const plain = (value: unknown): unknown => (value instanceof PyFloat ? value.value : value);

export const fourierNames: Readonly<Record<string, Named>> = Object.fromEntries(
  Object.entries(table).map(([name, entry]) => [name, { ...entry, call: (values) => entry.call(values.map(plain)) }]),
);
