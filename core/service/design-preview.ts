import type { Design, DesignPart } from '../data/design';
import type { Reply } from '../protocol';

/** The first used rows of a design, in the order of the file, with the encoded features in original units. */
export function previewOf({ d, encoded, train, test, flow }: PreviewedDesign, limit: number): Reply<'design/preview'> {
  const first = (part: PreviewedPart | null, split: 'train' | 'test') =>
    Array.from({ length: Math.min(limit, part?.rows.length ?? 0) }, (_, i) => ({
      row: part!.rows[i],
      split,
      values: [...part!.z.subarray(i * d, (i + 1) * d)],
    }));
  return {
    columns: encoded.map(({ name }) => name),
    rows: [...first(train, 'train'), ...first(test, 'test')].sort((a, b) => a.row - b.row).slice(0, limit),
    total: flow.used,
  };
}

type PreviewedPart = Pick<DesignPart, 'rows' | 'z'>;
type PreviewedDesign = Pick<Design, 'd' | 'encoded'> & {
  readonly flow: Pick<Design['flow'], 'used'>;
  readonly train: PreviewedPart;
  readonly test: PreviewedPart | null;
};
