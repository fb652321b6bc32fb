/** The path of an executable that behaves as Electron's binary does, as far as it can; built when it is missing. */
export function buildStandIn(): Promise<string> {
  return Promise.reject(new Error('The stand-in is not there yet.'));
}
