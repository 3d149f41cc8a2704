declare module 'virtual:policy-wasm' {
  /** Where the page loads policy.wasm from. */
  export const url: string;
  /** `sha384-…`, for `fetch(url, { integrity })`. */
  export const integrity: string;
}

declare module 'virtual:guessed-words' {
  export const url: string;
  /** As above. */
  export const integrity: string;
}
