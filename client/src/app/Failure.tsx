import { Button } from "@mantine/core";
import { IconPlugConnectedX, IconRefresh } from "@tabler/icons-react";
import { Component, type ErrorInfo, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { EmptyState, Panel } from "../ui";

interface FailureProps {
  children: ReactNode;
}

interface FailureState {
  error: unknown;
}

/** Show a panel in place of a page that fails; give it a new `key` for a new page. */
export class Failure extends Component<FailureProps, FailureState> {
  override state: FailureState = { error: null };

  static getDerivedStateFromError(error: unknown): FailureState {
    return { error };
  }

  override componentDidCatch(error: unknown, info: ErrorInfo): void {
    console.error(error, info.componentStack);
  }

  override render(): ReactNode {
    if (this.state.error === null) return this.props.children;
    return <FailurePanel error={this.state.error} />;
  }
}

function FailurePanel({ error }: { error: unknown }) {
  const { t } = useTranslation("ui");
  const isUpdate = isOutdated(error);
  return (
    <Panel role="alert" style={{ margin: "var(--gd-gap)" }}>
      <EmptyState
        icon={isUpdate ? <IconRefresh size={28} /> : <IconPlugConnectedX size={28} />}
        title={t(isUpdate ? "crashed_update_title" : "crashed_title")}
        text={t(isUpdate ? "crashed_update_text" : "crashed_text")}
        action={
          <Button onClick={() => window.location.reload()} autoFocus>
            {t("reload")}
          </Button>
        }
      />
      {!isUpdate && (
        <details>
          <summary>{t("details")}</summary>
          <code>{String(error)}</code>
        </details>
      )}
    </Panel>
  );
}

/** Tell whether code could not be fetched: most likely it is of an older build. */
export function isOutdated(error: unknown): boolean {
  const told = error instanceof Error ? error.message : String(error);
  return /dynamically imported module|module script|preload CSS|chunk/i.test(told);
}
