/** The first argument of Electron's events: it can be prevented, and carries what there is to know. */
export interface ElectronEvent {
  readonly defaultPrevented: boolean;
  preventDefault(): void;
}

export function electronEvent<T extends object>(details?: T): ElectronEvent & T {
  let prevented = false;
  const event = {
    get defaultPrevented() {
      return prevented;
    },
    preventDefault: () => void (prevented = true),
  };
  return Object.assign(event, details);
}
