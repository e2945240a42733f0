import { describe, expect, it } from 'vitest';
import { median, medianRatio, percentile } from './statistics.ts';

describe('percentile', () => {
  it('lies between two measurements in proportion, whatever their order', () => {
    expect(percentile([40, 10, 30, 20], 50)).toBe(25);
    expect(percentile([40, 10, 30, 20], 100)).toBe(40);
    expect(percentile([7], 99)).toBe(7);
  });

  it('is no number of nothing', () => {
    expect(() => median([])).toThrow('no measurements');
  });
});

it('divides within a round before it compares rounds', () => {
  const rounds = [
    { ours: 10, theirs: 10 },
    { ours: 100, theirs: 50 },
    { ours: 3000, theirs: 1000 },
  ];
  expect(medianRatio(rounds)).toBe(2);
});
