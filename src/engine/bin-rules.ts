/** Widths of histogram bins by the rules that NumPy knows by name. */
import { AppError } from '#shared/errors.ts';
import { asarray } from './create.ts';
import { quantile } from './quantiles.ts';

const spanOf = (x: Float64Array): number => {
  let [low, high] = [Infinity, -Infinity];
  for (const value of x) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return high - low;
};

const meanOf = (x: Float64Array): number => x.reduce((total, value) => total + value, 0) / x.length;

const deviationOf = (x: Float64Array): number => {
  const centre = meanOf(x);
  return Math.sqrt(x.reduce((total, value) => total + (value - centre) ** 2, 0) / x.length);
};

const sqrtRule = (x: Float64Array): number => spanOf(x) / Math.sqrt(x.length);

const sturges = (x: Float64Array): number => spanOf(x) / (Math.log2(x.length) + 1);

/** Freedman and Diaconis (1981). */
function freedmanDiaconis(x: Float64Array): number {
  const [high, low] = quantile(asarray([...x]), asarray([0.75, 0.25])).tolist() as number[];
  return (2 * (high - low)) / x.length ** (1 / 3);
}

function doane(x: Float64Array): number {
  const n = x.length;
  if (n <= 2) return 0;
  const deviation = deviationOf(x);
  if (!(deviation > 0)) return 0;
  const centre = meanOf(x);
  const skew = Math.abs(x.reduce((total, value) => total + ((value - centre) / deviation) ** 3, 0) / n);
  const scale = Math.sqrt((6 * (n - 2)) / ((n + 1) * (n + 3)));
  return spanOf(x) / (1 + Math.log2(n) + Math.log2(1 + skew / scale));
}

/** Stone (1984): the count of bins for which the estimated loss is least. */
function stone(x: Float64Array, range: readonly [number, number] | undefined): number {
  const n = x.length;
  const span = spanOf(x);
  if (n <= 1 || span === 0) return 0;
  const [low, high] = range ?? [x.reduce((a, b) => Math.min(a, b)), x.reduce((a, b) => Math.max(a, b))];
  const most = Math.max(100, Math.floor(Math.sqrt(n)));
  let best = { loss: Infinity, bins: 1 };
  for (let bins = 1; bins <= most; bins++) {
    const counts = new Float64Array(bins);
    for (const value of x) counts[Math.min(bins - 1, Math.floor(((value - low) / (high - low)) * bins))]++;
    const squares = counts.reduce((total, count) => total + (count / n) ** 2, 0);
    const loss = (2 - (n + 1) * squares) / (span / bins);
    if (loss < best.loss) best = { loss, bins };
  }
  return span / best.bins;
}

const rules: Readonly<Record<string, (x: Float64Array, range: readonly [number, number] | undefined) => number>> = {
  sqrt: sqrtRule,
  sturges,
  rice: (x) => spanOf(x) / (2 * x.length ** (1 / 3)),
  scott: (x) => ((24 * Math.sqrt(Math.PI)) / x.length) ** (1 / 3) * deviationOf(x),
  fd: freedmanDiaconis,
  doane,
  stone,
  auto: (x) => Math.min(Math.max(freedmanDiaconis(x), sqrtRule(x) / 2), sturges(x)),
};

/**
 * How many equal bins a rule asks for over the values (or their part in the range).
 *
 * @throws AppError 'value' for an unknown rule.
 */
export function binsByRule(
  rule: string,
  values: Float64Array,
  range: readonly [number, number] | undefined,
  span: number,
  whole: boolean,
): number {
  if (!Object.hasOwn(rules, rule))
    throw new AppError('value', `'${rule}' is not a valid estimator for \`bins\``, { argument: 'bins' });
  const inside = range === undefined ? values : values.filter((x) => x >= range[0] && x <= range[1]);
  if (inside.length === 0) return 1;
  const width = rules[rule](inside, range);
  const least = whole && width < 1 ? 1 : width;
  return least > 0 ? Math.ceil(span / least) : 1;
}
