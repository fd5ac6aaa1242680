import { Button, Menu } from "@mantine/core";
import { IconRocket } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useEmpire } from "../../sync";
import { battleModifiers, type DraftForce, WARSHIPS } from "./draft";

interface PrefillProps {
  force: DraftForce;
  onChange: (force: DraftForce) => void;
}

/** Fill a side with an own fleet or garrison, and with what the player knows. */
export function Prefill({ force, onChange }: PrefillProps) {
  const { t } = useTranslation("battles");
  const fleets = useEmpire((empire) => empire.fleets);
  const colonies = useEmpire((empire) => empire.colonies);
  const known = useEmpire((empire) => empire.player.modifiers);
  const take = (name: string, ships: Readonly<Record<string, number>>, grid: number) =>
    onChange({
      ...force,
      name,
      ships: armed(ships),
      grid,
      modifiers: battleModifiers(known),
    });
  return (
    <Menu position="bottom-start" shadow="md">
      <Menu.Target>
        <Button size="xs" variant="default" leftSection={<IconRocket size={16} />}>
          {t("prefill")}
        </Button>
      </Menu.Target>
      <Menu.Dropdown mah={320} style={{ overflowY: "auto" }}>
        <Menu.Label>{t("my_fleets")}</Menu.Label>
        {Object.values(fleets).map((fleet) => (
          <Menu.Item key={fleet.id} onClick={() => take(fleet.name, fleet.ships, 0)}>
            {fleet.name}
          </Menu.Item>
        ))}
        <Menu.Label>{t("my_garrisons")}</Menu.Label>
        {Object.values(colonies).map((colony) => (
          <Menu.Item
            key={colony.id}
            onClick={() =>
              take(colony.name, colony.units, colony.buildings.defense_grid ?? 0)
            }
          >
            {colony.name}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item
          onClick={() => onChange({ ...force, modifiers: battleModifiers(known) })}
        >
          {t("my_research")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function armed(ships: Readonly<Record<string, number>>): Record<string, number> {
  const known = WARSHIPS.map((unit) => [unit, ships[unit] ?? 0] as const);
  return Object.fromEntries(known.filter(([, count]) => count > 0));
}
