import { useEffect } from "react";
import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";
import { http, useSession } from "../sync";
import { poll } from "./polling";
import type { Icons } from "./views";

/** How often all colonies are looked at, in ms: rooms tell of those in view at once. */
const FRESH_MS = 60_000;
const RETRY_MS = 15_000;

/** All colonies of the galaxy as icons, or null until they are known. */
export const iconStore = createStore<{ icons: Icons | null }>(() => ({ icons: null }));

/** Give all colonies as icons, kept up to date while the component is mounted. */
export function useIcons(): Icons | null {
  const { galaxy } = useSession();
  useEffect(() => (galaxy === "" ? undefined : poll(() => look(galaxy))), [galaxy]);
  return useStore(iconStore, (state) => state.icons);
}

async function look(galaxy: string): Promise<number> {
  const path = `/galaxies/${galaxy}/colonies`;
  const answer = await http.get<{ colonies: Icons }>(path);
  if (!answer.ok) return answer.error.retry_after_ms ?? RETRY_MS;
  iconStore.setState({ icons: answer.data.colonies });
  return FRESH_MS;
}
