/** What can go wrong for a reason outside our code: a code to act on, the facts, and one plain sentence. */
export interface AppError {
  /** `area/what`, for example `csv/ragged-rows`. Stable: interfaces and tests match on it. */
  readonly code: string;
  /** One sentence for a person: what, where, what to do. */
  readonly message: string;
  readonly details?: Readonly<Record<string, string | number | boolean | null>>;
}

/** A value or an error; what crosses every boundary instead of an exception. */
export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: AppError };

export const ok = <T>(value: T): Result<T> => ({ ok: true, value });

export const fail = (code: string, message: string, details?: AppError['details']): { ok: false; error: AppError } => ({
  ok: false,
  error: details ? { code, message, details } : { code, message },
});
