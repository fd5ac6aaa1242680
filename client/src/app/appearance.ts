import { asksForCalm, type Preferences, preferences } from "../settings/preferences";
import { changeLanguage } from "../text";

/** Let the document follow the preferences: language, palette, density, motion. */
export function followPreferences(): void {
  show(preferences.getState());
  preferences.subscribe((now, before) => {
    show(now);
    if (now.language !== before.language) changeLanguage(now.language);
  });
  asksForCalm().addEventListener("change", () => show(preferences.getState()));
}

function show({ palette, density, motion }: Preferences): void {
  const { dataset } = document.documentElement;
  const isCalm = motion === "system" ? asksForCalm().matches : motion === "reduced";
  dataset.palette = palette;
  dataset.density = density;
  dataset.motion = isCalm ? "reduced" : "full";
}
