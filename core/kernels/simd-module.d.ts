/** simd/lines.ts, compiled when the application is built: see scripts/simd-lines.mjs. */
declare module 'virtual:simd-lines' {
  /** The WebAssembly module, in base64. */
  const module: string;
  export default module;
}
