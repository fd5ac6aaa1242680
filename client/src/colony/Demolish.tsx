import { ActionIcon, Button, Group, Menu, Modal, Text } from "@mantine/core";
import { IconDots, IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type Colony, type Rules, useCommand } from "../sync";
import { neededBy } from "../sync/formulas";
import { RefusalText, useName } from "../ui";
import classes from "./Buildings.module.css";
import { constructions } from "./line";

interface DemolishProps {
  rules: Rules;
  colony: Colony;
  building: string;
  level: number;
}

/** Offer to tear a building down, behind a menu and a question. */
export function Demolish({ rules, colony, building, level }: DemolishProps) {
  const { t } = useTranslation("colony");
  const name = useName();
  const { run, pending, error } = useCommand("colonies.demolish");
  const [isAsking, setAsking] = useState(false);
  const named = { name: name("building", building) };
  const isOrdered = constructions(colony.queue).some(
    (one) => one.building === building,
  );
  const needy = neededBy(rules, colony, building).map((one) =>
    one in rules.colonies.units ? name("unit", one) : name("building", one),
  );
  const demolish = async () => {
    const ack = await run({ colony: colony.id, building });
    if (ack.ok) setAsking(false);
  };
  return (
    <>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <ActionIcon
            className={classes.menu}
            variant="subtle"
            color="gray"
            aria-label={t("more_of", named)}
          >
            <IconDots size={18} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            leftSection={<IconTrash size={16} />}
            color="var(--gd-bad)"
            onClick={() => setAsking(true)}
          >
            {t("demolish_named", named)}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Modal
        opened={isAsking}
        onClose={() => setAsking(false)}
        title={t("demolish_title", named)}
        closeButtonProps={{ "aria-label": t("cancel") }}
      >
        <Text>{t("demolish_question", { count: level })}</Text>
        {isOrdered && <Text mt="sm">{t("demolish_orders")}</Text>}
        {needy.length > 0 && (
          <Text mt="sm">{t("demolish_needed", { names: needy.join(", ") })}</Text>
        )}
        <RefusalText error={error} />
        <Group justify="flex-end" mt="md">
          <Button variant="default" data-autofocus onClick={() => setAsking(false)}>
            {t("cancel")}
          </Button>
          <Button
            color="red"
            loading={pending}
            disabled={isOrdered || needy.length > 0}
            onClick={demolish}
          >
            {t("demolish")}
          </Button>
        </Group>
      </Modal>
    </>
  );
}
