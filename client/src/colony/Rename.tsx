import { ActionIcon, Button, Group, Modal, TextInput } from "@mantine/core";
import { IconPencil } from "@tabler/icons-react";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { type Colony, useCommand } from "../sync";
import { RefusalText } from "../ui";

const NAME_MAX = 32;

/** Offer to give a colony another name. */
export function Rename({ colony }: { colony: Colony }) {
  const { t } = useTranslation("colony");
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <ActionIcon
        variant="subtle"
        aria-label={t("rename_title", { colony: colony.name })}
        title={t("rename")}
        onClick={() => setOpen(true)}
      >
        <IconPencil size={18} />
      </ActionIcon>
      <Modal
        opened={isOpen}
        onClose={() => setOpen(false)}
        title={t("rename_title", { colony: colony.name })}
        closeButtonProps={{ "aria-label": t("cancel") }}
      >
        <RenameForm colony={colony} onDone={() => setOpen(false)} />
      </Modal>
    </>
  );
}

function RenameForm({ colony, onDone }: { colony: Colony; onDone: () => void }) {
  const { t } = useTranslation("colony");
  const [name, setName] = useState(colony.name);
  const { run, pending, error } = useCommand("colonies.rename");
  const wanted = name.trim();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const ack = await run({ colony: colony.id, name: wanted });
    if (ack.ok) onDone();
  };
  return (
    <form onSubmit={submit}>
      <TextInput
        data-autofocus
        label={t("new_name")}
        description={t("rename_hint")}
        value={name}
        maxLength={NAME_MAX}
        autoComplete="off"
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <RefusalText error={error} />
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={onDone}>
          {t("cancel")}
        </Button>
        <Button type="submit" loading={pending} disabled={wanted === ""}>
          {t("save")}
        </Button>
      </Group>
    </form>
  );
}
