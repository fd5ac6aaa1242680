import {
  IconBolt,
  IconCoins,
  IconDiamond,
  IconHexagon3d,
  IconQuestionMark,
  IconUsers,
} from "@tabler/icons-react";

const ICONS = {
  energy: IconBolt,
  minerals: IconHexagon3d,
  rare_elements: IconDiamond,
  population: IconUsers,
  credits: IconCoins,
} as const;

/** Draw a resource's sign in its colour; its name has to stand beside or in a title. */
export function ResourceIcon({ name, size = 16 }: { name: string; size?: number }) {
  const Icon = name in ICONS ? ICONS[name as keyof typeof ICONS] : IconQuestionMark;
  return (
    <Icon
      size={size}
      stroke={1.8}
      color={`var(--gd-${name}, currentColor)`}
      aria-hidden="true"
      style={{ flex: "none" }}
    />
  );
}
