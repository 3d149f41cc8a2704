declare module 'virtual:policy-wasm' {
  /** Where the page loads policy.wasm from. */
  export const url: string;
  /** `sha384-…`, for `fetch(url, { integrity })`. */
  export const integrity: string;
}
