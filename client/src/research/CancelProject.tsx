import { Button, Group, Modal, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useCommand } from "../sync";
import type { Project } from "../sync/empire";
import { refundOf, technologyCost } from "../sync/formulas";
import { Cost, RefusalText, useName } from "../ui";
import type { ResearchState } from "./useResearch";

interface CancelProjectProps {
  research: ResearchState;
  project: Project;
}

/** Offer to give a project up, after saying what comes back. */
export function CancelProject({ research, project }: CancelProjectProps) {
  const { t } = useTranslation("research");
  const name = useName();
  const { rules, colony } = research.buyer;
  const { run, pending, error } = useCommand("research.cancel");
  const [isAsking, setAsking] = useState(false);
  const payer =
    research.labs.find((one) => one.id === project.colony)?.name ?? colony.name;
  const paid = technologyCost(rules, project.technology, project.level);
  const named = { name: name("technology", project.technology) };
  const cancel = async () => {
    const ack = await run({ technology: project.technology });
    if (ack.ok) setAsking(false);
  };
  return (
    <>
      <Button
        variant="default"
        disabled={project.pending ?? false}
        onClick={() => setAsking(true)}
      >
        {t("cancel")}
      </Button>
      <Modal
        opened={isAsking}
        onClose={() => setAsking(false)}
        title={t("cancel_title", named)}
        closeButtonProps={{ "aria-label": t("keep") }}
      >
        <Text mb="sm">
          {t("cancel_question", {
            percent: rules.colonies.refund_percent,
            colony: payer,
          })}
        </Text>
        <Cost cost={refundOf(rules, paid)} />
        <RefusalText error={error} />
        <Group justify="flex-end" mt="md">
          <Button variant="default" data-autofocus onClick={() => setAsking(false)}>
            {t("keep")}
          </Button>
          <Button color="red" loading={pending} onClick={cancel}>
            {t("cancel")}
          </Button>
        </Group>
      </Modal>
    </>
  );
}
