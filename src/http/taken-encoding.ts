/** In what form a text is sent; the smaller ones first. */
const ENCODINGS = ['br', 'gzip', 'identity'] as const;

export type Encoding = (typeof ENCODINGS)[number];

/**
 * The smallest form that a client takes, by its `Accept-Encoding` (RFC 9110 §12.5.3). Whoever refuses all is sent the text as it is.
 * @param offered the forms that there are; all of them when left out
 */
export function takenEncoding(header: string | undefined, offered: readonly Encoding[] = ENCODINGS): Encoding {
  const weights = new Map<string, number>();
  for (const part of (header ?? '').toLowerCase().split(',')) {
    const [coding = '', ...parameters] = part.split(';').map((piece) => piece.trim());
    const weight = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
    // `x-gzip` is the same (RFC 9110 §8.4.1.3).
    weights.set(coding.replace(/^x-(?=gzip$)/, ''), weight === undefined ? 1 : Number(weight));
  }
  const takes = (coding: Encoding): boolean => (weights.get(coding) ?? weights.get('*') ?? 0) > 0;
  return offered.find((coding) => coding !== 'identity' && takes(coding)) ?? 'identity';
}
