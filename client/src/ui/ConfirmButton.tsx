import { Button, type ButtonProps, Group, Modal, Text } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";

interface ConfirmButtonProps extends ButtonProps {
  /** What is asked before it is done. */
  question: ReactNode;
  title: string;
  /** What the button that does it says. */
  confirmLabel?: string;
  onConfirm: () => void;
  "aria-label"?: string;
  children: ReactNode;
}

/** Ask before something is done that can't be taken back. */
export function ConfirmButton(props: ConfirmButtonProps) {
  const { question, title, confirmLabel, onConfirm, children, ...button } = props;
  const { t } = useTranslation("ui");
  const [isAsking, setAsking] = useState(false);
  const close = () => setAsking(false);
  const confirm = () => {
    close();
    onConfirm();
  };
  return (
    <>
      <Button {...button} onClick={() => setAsking(true)}>
        {children}
      </Button>
      <Modal
        opened={isAsking}
        onClose={close}
        title={title}
        closeButtonProps={{ "aria-label": t("close") }}
      >
        <Text mb="md">{question}</Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={close} data-autofocus>
            {t("cancel")}
          </Button>
          <Button color="red" onClick={confirm}>
            {confirmLabel ?? t("confirm")}
          </Button>
        </Group>
      </Modal>
    </>
  );
}
