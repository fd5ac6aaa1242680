import "./app/mantine";
import "./app/theme.css";
import { MantineProvider } from "@mantine/core";
import { createRoot } from "react-dom/client";
import { App } from "./app/App";
import { followPreferences } from "./app/appearance";
import { Failure } from "./app/Failure";
import { resolveVariables, theme } from "./app/theme";
import { preferences } from "./settings/preferences";
import { startText } from "./text";

const root = document.getElementById("root");
if (root === null) throw new Error("index.html has no #root");
startText(preferences.getState().language);
followPreferences();
createRoot(root).render(
  <MantineProvider
    forceColorScheme="dark"
    theme={theme}
    cssVariablesResolver={resolveVariables}
  >
    <Failure>
      <App />
    </Failure>
  </MantineProvider>,
);
