import { ActionIcon, Button, Group, Modal, Text } from "@mantine/core";
import { IconHammer, IconRocket, IconX } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type Colony, type Rules, serverNow, useCommand } from "../sync";
import type { QueuedOrder } from "../sync/empire";
import { lineOf, refundOf } from "../sync/formulas";
import {
  BuildingIcon,
  Cost,
  Countdown,
  Panel,
  Pending,
  RefusalText,
  TimedProgress,
  UnitIcon,
  useName,
} from "../ui";
import { laterLevels } from "./line";
import classes from "./Queue.module.css";
import { useMoment } from "./useMoment";

interface QueuePanelProps {
  rules: Rules;
  colony: Colony;
  kind: QueuedOrder["kind"];
}

/** Show a line of orders: the first under way, the others waiting for their turn. */
export function QueuePanel({ rules, colony, kind }: QueuePanelProps) {
  const { t } = useTranslation("colony");
  const line: readonly QueuedOrder[] = lineOf(colony, kind);
  const max = rules.colonies.queue_max;
  const hasYard = kind === "building" || (colony.buildings.shipyard ?? 0) > 0;
  return (
    <Panel
      title={t(`queue_${kind}`)}
      icon={kind === "building" ? <IconHammer size={18} /> : <IconRocket size={18} />}
      actions={<Places used={line.length} max={max} />}
    >
      {line.length === 0 ? (
        <p className={classes.empty}>
          {hasYard ? t(`queue_${kind}_empty`) : t("no_shipyard")}
        </p>
      ) : (
        <ol className={classes.line}>
          {line.map((order) => (
            <QueueEntry key={order.order} rules={rules} colony={colony} order={order} />
          ))}
        </ol>
      )}
    </Panel>
  );
}

function Places({ used, max }: { used: number; max: number }) {
  const { t } = useTranslation("colony");
  const label = t("places", { used, max });
  return (
    <span className={classes.places} title={label}>
      <span className="gd-unseen">{label}</span>
      {Array.from({ length: max }, (_, index) => (
        <span
          // biome-ignore lint/suspicious/noArrayIndexKey: places have no other name
          key={index}
          data-used={index < used || undefined}
          aria-hidden="true"
        />
      ))}
    </span>
  );
}

interface QueueEntryProps {
  rules: Rules;
  colony: Colony;
  order: QueuedOrder;
}

function QueueEntry({ rules, colony, order }: QueueEntryProps) {
  const { t } = useTranslation("colony");
  const label = useOrderName()(order);
  const waits = order.started_ms > serverNow();
  useMoment(waits ? order.started_ms : null);
  return (
    <li className={classes.entry} data-pending={order.pending || undefined}>
      <span className={classes.emblem}>
        {order.kind === "building" ? (
          <BuildingIcon name={order.building} size={22} />
        ) : (
          <UnitIcon name={order.unit} size={22} />
        )}
      </span>
      <div className={classes.what}>
        {waits ? (
          <>
            <span>{label}</span>
            <span className={classes.waits}>
              {t("waits")} <Countdown until_ms={order.started_ms} />
            </span>
          </>
        ) : (
          <TimedProgress
            started_ms={order.started_ms}
            complete_ms={order.complete_ms}
            label={label}
          />
        )}
      </div>
      <Pending when={order.pending} />
      <Cancel rules={rules} colony={colony} order={order} label={label} />
    </li>
  );
}

/** Give the function that names orders in the present language. */
function useOrderName(): (order: QueuedOrder) => string {
  const { t } = useTranslation("colony");
  const name = useName();
  return (order) =>
    order.kind === "building"
      ? t("order_building", {
          name: name("building", order.building),
          level: order.level,
        })
      : t("order_training", { name: name("unit", order.unit), count: order.count });
}

function Cancel({ rules, colony, order, label }: QueueEntryProps & { label: string }) {
  const { t } = useTranslation("colony");
  const { run, pending, error } = useCommand("colonies.cancel");
  const [isAsking, setAsking] = useState(false);
  const later = laterLevels(colony.queue, order).at(-1);
  const why = order.pending
    ? t("cancel_wait")
    : later && t("cancel_later", { level: later.level });
  const cancel = async () => {
    const ack = await run({ colony: colony.id, order: order.order });
    if (ack.ok) setAsking(false);
  };
  return (
    <>
      <ActionIcon
        className={classes.cancel}
        variant="subtle"
        color="gray"
        aria-label={t("cancel_order", { order: label })}
        onClick={() => setAsking(true)}
      >
        <IconX size={18} />
      </ActionIcon>
      <Modal
        opened={isAsking}
        onClose={() => setAsking(false)}
        title={t("cancel_title")}
        closeButtonProps={{ "aria-label": t("cancel") }}
      >
        <Text mb="sm">
          {t("cancel_question", {
            order: label,
            percent: rules.colonies.refund_percent,
          })}
        </Text>
        <Cost cost={refundOf(rules, order.paid)} />
        {why && <Text mt="sm">{why}</Text>}
        <RefusalText error={error} />
        <Group justify="flex-end" mt="md">
          <Button variant="default" data-autofocus onClick={() => setAsking(false)}>
            {t("keep")}
          </Button>
          <Button
            color="red"
            loading={pending}
            disabled={why !== undefined}
            onClick={cancel}
          >
            {t("give_up")}
          </Button>
        </Group>
      </Modal>
    </>
  );
}
