import { Button } from "@mantine/core";
import { IconClearAll } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useCommand, useRules } from "../sync";
import type { Fleet } from "../sync/empire";
import { RefusalText } from "../ui";
import classes from "./fleets.module.css";
import { OrderText } from "./OrderText";

/** Show the orders that wait, and call them off. */
export function OrderQueue({ fleet }: { fleet: Fleet }) {
  const { t } = useTranslation("fleets");
  const { orders_max } = useRules().fleets;
  const clear = useCommand("fleets.clear");
  if (fleet.queue.length === 0) {
    return <p className={classes.hint}>{t("queue_empty")}</p>;
  }
  return (
    <>
      <ol className={classes.queue}>
        {fleet.queue.map((order) => (
          <li key={order.order}>
            <OrderText order={order} />
          </li>
        ))}
      </ol>
      <div className={classes.row}>
        <span className={classes.hint}>
          {t("queue_count", { used: fleet.queue.length, max: orders_max })}
        </span>
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconClearAll size={15} />}
          disabled={fleet.battle !== ""}
          loading={clear.pending}
          onClick={() => void clear.run({ fleet: fleet.id })}
        >
          {t("queue_clear")}
        </Button>
      </div>
      <RefusalText error={clear.error} />
    </>
  );
}
