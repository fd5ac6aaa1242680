import { IconAlertTriangle } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { type RefusalLike, refusalSentence } from "./refusal";
import classes from "./ui.module.css";

/** Say why something was refused; nothing where nothing was. */
export function RefusalText({ error }: { error: RefusalLike | null | undefined }) {
  useTranslation("refusals");
  return (
    <div role="alert" className={classes.refusal}>
      {error && (
        <>
          <IconAlertTriangle size={16} aria-hidden="true" />
          <span>{refusalSentence(error)}</span>
        </>
      )}
    </div>
  );
}
