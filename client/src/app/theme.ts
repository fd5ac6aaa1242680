import {
  type CSSVariablesResolver,
  createTheme,
  defaultVariantColorsResolver,
  type MantineColorsTuple,
  type VariantColorsResolver,
} from "@mantine/core";

/** Sky to deep blue around the accent #56c8f5. */
const accent: MantineColorsTuple = [
  "#e3f6ff",
  "#cdecfd",
  "#a4dcf8",
  "#7fd2f6",
  "#56c8f5",
  "#3bb4e4",
  "#249fd0",
  "#1683af",
  "#0c688d",
  "#044b67",
];

/** From text down to the ground of the page. */
const dark: MantineColorsTuple = [
  "#e6edf3",
  "#c3d0dd",
  "#9fb0c3",
  "#6b7f99",
  "#35445a",
  "#1f2937",
  "#121824",
  "#0b0e14",
  "#080b10",
  "#05070a",
];

/** Let quiet buttons speak in the palette's accent, whatever the palette. */
const resolveVariant: VariantColorsResolver = (input) => {
  const isAccent = input.color === undefined || input.color === "accent";
  const quiet = {
    background: input.variant === "light" ? "var(--gd-accent-soft)" : "transparent",
    hover: "var(--gd-accent-hover)",
    color: "var(--gd-accent)",
    border: `1px solid ${input.variant === "light" ? "var(--gd-accent-line)" : "transparent"}`,
  };
  const isQuiet = input.variant === "light" || input.variant === "subtle";
  return isAccent && isQuiet ? quiet : defaultVariantColorsResolver(input);
};

/** What Mantine's components look like. */
export const theme = createTheme({
  fontFamily:
    'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif',
  fontFamilyMonospace: "var(--gd-mono)",
  colors: { accent, dark },
  primaryColor: "accent",
  primaryShade: 4,
  variantColorResolver: resolveVariant,
  autoContrast: true,
  luminanceThreshold: 0.3,
  defaultRadius: "md",
  cursorType: "pointer",
  focusRing: "auto",
  headings: { fontWeight: "650" },
  components: {
    Tooltip: { defaultProps: { withArrow: true, openDelay: 250, multiline: true } },
    Modal: { defaultProps: { centered: true, overlayProps: { blur: 2 } } },
    ActionIcon: { defaultProps: { variant: "subtle", size: "lg" } },
    Button: { defaultProps: { size: "sm" } },
  },
});

/** Let Mantine's own variables follow the game's, so that palettes reach everything. */
export const resolveVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {},
  dark: {
    "--mantine-color-body": "var(--gd-ground)",
    "--mantine-color-text": "var(--gd-text)",
    "--mantine-color-dimmed": "var(--gd-dimmed)",
    "--mantine-color-bright": "var(--gd-text)",
    "--mantine-color-anchor": "var(--gd-accent)",
    "--mantine-color-error": "var(--gd-bad)",
    "--mantine-color-placeholder": "var(--gd-dimmed)",
    "--mantine-color-default": "var(--gd-raised)",
    "--mantine-color-default-hover": "var(--gd-line)",
    "--mantine-color-default-color": "var(--gd-text)",
    "--mantine-color-default-border": "var(--gd-line-strong)",
    "--mantine-color-disabled": "var(--gd-panel)",
    "--mantine-color-disabled-color": "var(--gd-edge)",
    "--mantine-color-disabled-border": "var(--gd-line)",
  },
});
