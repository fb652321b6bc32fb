/** Tells the document's title, now and whenever a script changes it: of that, Chromium's protocol says nothing. */
export function watchTitle(tell: (title: string) => void): void {
  let told = '';
  const look = () => {
    if (document.title === told) return;
    told = document.title;
    tell(told);
  };
  document.addEventListener('DOMContentLoaded', () => {
    look();
    new MutationObserver(look).observe(document.head, { subtree: true, childList: true, characterData: true });
  });
}
