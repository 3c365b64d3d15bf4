// The whole screen for a page, where the browser gives it.

let whenLeft = null;

/** Takes the whole screen or gives it back; `left` is called when the reader has left it by the browser's own key. */
export function fillScreen(on, left) {
  document.onfullscreenchange = () => (document.fullscreenElement ? (whenLeft = left) : whenLeft?.());
  whenLeft = null;
  if (on) document.documentElement.requestFullscreen?.().then(keepEscape, () => {}); // else the view fills the window
  else if (document.fullscreenElement) document.exitFullscreen().catch(() => {});
}

/** Escape is the page's own, as far as it can be: held down, it always leaves the whole screen. */
const keepEscape = () => navigator.keyboard?.lock?.(["Escape"]).catch(() => {});
