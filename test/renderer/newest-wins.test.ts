import { describe, expect, it } from 'vitest';
import { NewestWins } from '#renderer/factor/newest-wins.ts';
import { pageFrom, positionOf, valueAt } from '#renderer/components/slider-scale.ts';
import { countAxis, linearAxis, logAxis } from '#renderer/components/chart-axis.ts';

const turn = () => new Promise((resolve) => setTimeout(resolve));

function bench(together?: number) {
  const sent: { ask: number; answer: (value: string) => void; fail: (error: unknown) => void }[] = [];
  const shown: [string, number][] = [];
  const failed: unknown[] = [];
  const requests = new NewestWins<number, string>(
    (ask) => new Promise((answer, fail) => sent.push({ ask, answer, fail })),
    (answer, ask) => shown.push([answer, ask]),
    (error) => failed.push(error),
    together,
  );
  return { sent, shown, failed, requests };
}

describe('newest wins', () => {
  it('has one on its way and then sends only the newest', async () => {
    const { sent, shown, requests } = bench();
    for (const ask of [1, 2, 3, 4]) requests.want(ask);
    expect(sent.map((one) => one.ask)).toEqual([1]);
    sent[0].answer('one');
    await turn();
    expect(sent.map((one) => one.ask)).toEqual([1, 4]);
    sent[1].answer('four');
    await turn();
    expect(shown).toEqual([
      ['one', 1],
      ['four', 4],
    ]);
    expect(sent).toHaveLength(2);
  });

  it('goes on after a failure', async () => {
    const { sent, shown, failed, requests } = bench();
    requests.want(1);
    requests.want(2);
    sent[0].fail(new Error('no'));
    await turn();
    sent[1].answer('two');
    await turn();
    expect(failed).toHaveLength(1);
    expect(shown).toEqual([['two', 2]]);
  });

  it('shows nothing of what was dropped', async () => {
    const { sent, shown, requests } = bench();
    requests.want(1);
    requests.want(2);
    requests.drop();
    requests.want(3);
    sent[0].answer('one');
    await turn();
    sent[1].answer('three');
    await turn();
    expect(shown).toEqual([['three', 3]]);
  });
});

describe('two on their way', () => {
  it('sends two, then the newest, and shows none that was overtaken', async () => {
    const { sent, shown, requests } = bench(2);
    for (const ask of [1, 2, 3, 4]) requests.want(ask);
    expect(sent.map((one) => one.ask)).toEqual([1, 2]);
    sent[1].answer('two');
    await turn();
    sent[0].answer('one');
    await turn();
    expect(sent.map((one) => one.ask)).toEqual([1, 2, 4]);
    requests.drop();
    requests.want(5);
    sent[2].answer('four');
    sent[3].answer('five');
    await turn();
    expect(shown.map(([, ask]) => ask)).toEqual([2, 5]);
  });
});

describe('the slider', () => {
  it.each([false, true])('comes back to every value (logarithmic: %s)', (logarithmic) => {
    const scale = { min: 1, max: 3000, logarithmic };
    for (const value of [1, 2, 3, 10, 179, 2999, 3000]) expect(valueAt(positionOf(value, scale), scale)).toBe(value);
    expect(valueAt(-1, scale)).toBe(1);
    expect(valueAt(2, scale)).toBe(3000);
  });

  it('pages by a tenth of the track and at least one step', () => {
    expect(pageFrom(1, 1, { min: 1, max: 101, logarithmic: false })).toBe(11);
    expect(pageFrom(1, 1, { min: 1, max: 4, logarithmic: false })).toBe(2);
    expect(pageFrom(4, 1, { min: 1, max: 4, logarithmic: false })).toBe(4);
    expect(pageFrom(1, -1, { min: 1, max: 4, logarithmic: false })).toBe(1);
  });

  it('stands still where there is one value', () => {
    const one = { min: 1, max: 1, logarithmic: true };
    expect(positionOf(1, one)).toBe(0);
    expect(valueAt(0.7, one)).toBe(1);
  });
});

describe('axes', () => {
  it('counts from one', () => {
    expect(countAxis(12, 800).ticks).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    expect(countAxis(300, 300).ticks[0]).toBe(1);
    expect(countAxis(300, 300).ticks[1]).toBe(100);
    expect(countAxis(1, 300).ticks).toEqual([1]);
  });

  it('shows decades, or parts of one', () => {
    expect(logAxis(0.3, 83, 200).labels).toEqual(['0.3', '1', '3', '10', '30', '100']);
    expect(logAxis(2, 9, 200).labels).toEqual(['2', '5']);
    const wide = logAxis(1e-17, 10, 150);
    expect(wide.ticks.length).toBeLessThan(8);
    for (const label of wide.labels) expect(label.length).toBeLessThan(6);
  });

  it('begins at zero and ends at round numbers', () => {
    expect(linearAxis(0, 100, 150, [0, 100]).ticks).toEqual([0, 50, 100]);
    expect(linearAxis(0, 83, 200).ticks).toEqual([0, 20, 40, 60, 80]);
    expect(linearAxis(0, 0, 200).ticks.length).toBeGreaterThan(1);
  });
});
