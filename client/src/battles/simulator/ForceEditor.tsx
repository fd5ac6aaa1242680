import {
  ActionIcon,
  Collapse,
  NumberInput,
  SegmentedControl,
  Select,
  UnstyledButton,
} from "@mantine/core";
import { IconChevronDown, IconTrash } from "@tabler/icons-react";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { Panel, UnitIcon, useName } from "../../ui";
import classes from "../classes";
import type { Stance } from "../model/stance";
import { FORMATIONS, type Formation } from "../model/views";
import { StanceMark } from "../view/StanceMark";
import {
  type DraftForce,
  GRID_MAX,
  MODIFIER_MAX,
  MODIFIER_MIN,
  MODIFIERS,
  SHIPS_MAX,
  WARSHIPS,
} from "./draft";

interface ForceEditorProps {
  force: DraftForce;
  side: number;
  stance: Stance;
  /** Names of all sides, to choose a target of. */
  names: readonly string[];
  onChange: (force: DraftForce) => void;
  onRemove: (() => void) | null;
  /** Ways to fill it: own fleets. */
  prefill: ReactNode;
}

/** Put one side of a simulated battle together: ships, orders, research. */
export function ForceEditor(props: ForceEditorProps) {
  const { force, side, stance, onChange, onRemove, prefill } = props;
  const { t } = useTranslation("battles");
  const name = useName();
  const ships = (unit: string, value: string | number) =>
    onChange({ ...force, ships: { ...force.ships, [unit]: Number(value) || 0 } });
  return (
    <Panel
      title={force.name}
      icon={<StanceMark stance={stance} size={16} />}
      actions={
        onRemove && (
          <ActionIcon
            variant="subtle"
            size={32}
            onClick={onRemove}
            aria-label={t("remove_side", { side: side + 1 })}
          >
            <IconTrash size={18} />
          </ActionIcon>
        )
      }
    >
      {prefill}
      <div className={classes.shipInputs}>
        {WARSHIPS.map((unit) => (
          <NumberInput
            key={unit}
            size="xs"
            label={
              <span className={classes.shipLabel}>
                <UnitIcon name={unit} size={16} /> {name("unit", unit)}
              </span>
            }
            min={0}
            max={SHIPS_MAX}
            allowDecimal={false}
            clampBehavior="strict"
            value={force.ships[unit] ?? 0}
            onChange={(value) => ships(unit, value)}
          />
        ))}
      </div>
      <More label={t("orders")}>
        <ForceOrders {...props} />
      </More>
      <More label={t("research_modifiers")}>
        <ForceModifiers force={force} onChange={onChange} />
      </More>
    </Panel>
  );
}

function More({ label, children }: { label: string; children: ReactNode }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <div>
      <UnstyledButton
        className={classes.more}
        aria-expanded={isOpen}
        onClick={() => setOpen((open) => !open)}
      >
        {label}
        <IconChevronDown size={16} aria-hidden="true" data-open={isOpen || undefined} />
      </UnstyledButton>
      <Collapse expanded={isOpen}>{isOpen && children}</Collapse>
    </div>
  );
}

function ForceOrders({ force, side, names, onChange }: ForceEditorProps) {
  const { t } = useTranslation("battles");
  const name = useName();
  const targets = names
    .map((label, value) => ({ value: String(value), label }))
    .filter(({ value }) => Number(value) !== side);
  return (
    <div className={classes.form}>
      <SegmentedControl
        fullWidth
        size="xs"
        aria-label={t("formation")}
        data={FORMATIONS.map((one) => ({ value: one, label: name("formation", one) }))}
        value={force.formation}
        onChange={(value) => onChange({ ...force, formation: value as Formation })}
      />
      <Select
        size="xs"
        label={t("focus")}
        placeholder={t("focus_none")}
        data={targets}
        clearable
        value={force.focus === null ? null : String(force.focus)}
        onChange={(value) =>
          onChange({ ...force, focus: value === null ? null : Number(value) })
        }
      />
      <NumberInput
        size="xs"
        label={t("retreat_after")}
        placeholder={t("never")}
        min={0}
        max={600}
        disabled={force.grid > 0}
        value={force.retreat_s ?? ""}
        onChange={(value) =>
          onChange({ ...force, retreat_s: value === "" ? null : Number(value) })
        }
      />
    </div>
  );
}

interface ForceModifiersProps {
  force: DraftForce;
  onChange: (force: DraftForce) => void;
}

function ForceModifiers({ force, onChange }: ForceModifiersProps) {
  const { t } = useTranslation("battles");
  const name = useName();
  return (
    <div className={classes.shipInputs}>
      {MODIFIERS.map((one) => (
        <NumberInput
          key={one}
          size="xs"
          label={name("effect", one)}
          suffix=" %"
          min={MODIFIER_MIN}
          max={MODIFIER_MAX}
          allowDecimal={false}
          value={force.modifiers[one]}
          onChange={(value) =>
            onChange({
              ...force,
              modifiers: { ...force.modifiers, [one]: Number(value) || 0 },
            })
          }
        />
      ))}
      <NumberInput
        size="xs"
        label={t("grid_level")}
        min={0}
        max={GRID_MAX}
        allowDecimal={false}
        value={force.grid}
        onChange={(value) => onChange({ ...force, grid: Number(value) || 0 })}
      />
    </div>
  );
}
