import { Button, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { useCommand } from "../sync";
import type { Fleet } from "../sync/empire";
import { RefusalText } from "../ui";
import classes from "./fleets.module.css";

const NAME_MAX = 32;

/** Name a fleet anew. */
export function RenameForm({ fleet }: { fleet: Fleet }) {
  const { t } = useTranslation("fleets");
  const [name, setName] = useState(fleet.name);
  const rename = useCommand("fleets.rename");
  const wanted = name.trim();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void rename.run({ fleet: fleet.id, name: wanted });
  };
  return (
    <form className={classes.inline} onSubmit={submit}>
      <TextInput
        label={t("name")}
        maxLength={NAME_MAX}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Button
        type="submit"
        variant="default"
        disabled={wanted === "" || wanted === fleet.name}
        loading={rename.pending}
      >
        {t("rename")}
      </Button>
      <RefusalText error={rename.error} />
    </form>
  );
}
