/** How long a page may take to show what is to be revealed, in frames of about 16 ms. */
const FRAMES_MAX = 300;

/** Bring the control of a step into view and give it the focus, once it is there. */
export function reveal(target: string): void {
  let frames = 0;
  const look = () => {
    const found = document.querySelector<HTMLElement>(`main [data-tour="${target}"]`);
    frames += 1;
    if (found) show(found);
    else if (frames < FRAMES_MAX) requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

function show(control: HTMLElement): void {
  control.scrollIntoView({ block: "center", inline: "nearest" });
  const takesFocus =
    'button, a[href], input:not([type="hidden"]), select, [tabindex="0"]';
  const inside = control.querySelector<HTMLElement>(takesFocus);
  const focused = control.matches(takesFocus) ? control : inside;
  focused?.focus({ preventScroll: true });
}
