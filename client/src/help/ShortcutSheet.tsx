import { Modal } from "@mantine/core";
import { useTranslation } from "react-i18next";
import classes from "./help.module.css";
import { Shortcuts } from "./Shortcuts";

/** Show the keyboard shortcuts over the page. */
export default function ShortcutSheet({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("help");
  return (
    <Modal
      opened
      onClose={onClose}
      size="62rem"
      title={t("sheet_title")}
      closeButtonProps={{ "aria-label": t("close") }}
    >
      <Shortcuts />
      <p className={classes.hint}>{t("sheet_hint")}</p>
    </Modal>
  );
}
