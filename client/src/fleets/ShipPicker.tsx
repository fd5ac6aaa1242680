import { ActionIcon, Button, NumberInput, Slider } from "@mantine/core";
import { IconMinus, IconPlus } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { formatFull, UnitIcon, useName } from "../ui";
import classes from "./fleets.module.css";
import type { Ships } from "./ships";

interface ShipPickerProps {
  /** How many there are to choose from, by unit. */
  available: Ships;
  chosen: Ships;
  onChange: (chosen: Ships) => void;
}

/** Choose ships by unit, with steppers and sliders. */
export function ShipPicker({ available, chosen, onChange }: ShipPickerProps) {
  const { t } = useTranslation("fleets");
  const units = Object.entries(available).filter(([, count]) => count > 0);
  return (
    <div className={classes.picker}>
      <div className={classes.row}>
        <Button size="compact-sm" variant="default" onClick={() => onChange({})}>
          {t("choose_none")}
        </Button>
        <Button
          size="compact-sm"
          variant="default"
          onClick={() => onChange({ ...available })}
        >
          {t("choose_all")}
        </Button>
      </div>
      <ul className={classes.units}>
        {units.map(([unit, most]) => (
          <UnitRow
            key={unit}
            unit={unit}
            most={most}
            count={Math.min(chosen[unit] ?? 0, most)}
            onChange={(count) => onChange({ ...chosen, [unit]: count })}
          />
        ))}
      </ul>
    </div>
  );
}

interface UnitRowProps {
  unit: string;
  most: number;
  count: number;
  onChange: (count: number) => void;
}

function UnitRow({ unit, most, count, onChange }: UnitRowProps) {
  const { t } = useTranslation("fleets");
  const name = useName()("unit", unit);
  const label = t("count_of", { unit: name });
  const step = (by: number) => onChange(Math.min(Math.max(count + by, 0), most));
  return (
    <li className={classes.unit}>
      <span className={classes.unitName}>
        <UnitIcon name={unit} size={22} />
        {name}
      </span>
      <Slider
        className={classes.slider}
        value={count}
        onChange={onChange}
        min={0}
        max={most}
        label={null}
        thumbLabel={label}
      />
      <span className={classes.stepper}>
        <ActionIcon
          variant="default"
          aria-label={`${label} −1`}
          onClick={() => step(-1)}
          disabled={count <= 0}
        >
          <IconMinus size={16} />
        </ActionIcon>
        <NumberInput
          aria-label={label}
          value={count}
          onChange={(value) => onChange(Math.trunc(Number(value)) || 0)}
          min={0}
          max={most}
          allowDecimal={false}
          clampBehavior="strict"
          hideControls
          w={76}
        />
        <ActionIcon
          variant="default"
          aria-label={`${label} +1`}
          onClick={() => step(1)}
          disabled={count >= most}
        >
          <IconPlus size={16} />
        </ActionIcon>
        <span className={classes.most}>
          {t("ready_of", { most: formatFull(most) })}
        </span>
      </span>
    </li>
  );
}
