import { Button } from "@mantine/core";
import { IconPlugConnectedX } from "@tabler/icons-react";
import { type ReactNode, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import {
  loadRules,
  serverNow,
  useConnection,
  useReady,
  useRulesRead,
  useServerNow,
} from "../sync";
import { EmptyState, Panel } from "../ui";
import type { Access } from "./routes";
import { Splash } from "./Splash";

const RETRY_MS = 3_000;
/** How long the first connection may take before it is said to fail, in ms. */
const PATIENCE_MS = 6_000;

interface GateProps {
  access: Access;
  children: ReactNode;
}

/** Show a page once all that it builds on is there: the rules, and one's empire. */
export function Gate({ access, children }: GateProps) {
  if (access === "guest" || access === "newcomer") return children;
  const inside = access === "empire" ? <WithEmpire>{children}</WithEmpire> : children;
  return <WithRules>{inside}</WithRules>;
}

function WithRules({ children }: { children: ReactNode }) {
  const { data, failed } = useRulesRead();
  useEffect(() => {
    if (!failed) return;
    const timer = window.setTimeout(loadRules, RETRY_MS);
    return () => window.clearTimeout(timer);
  }, [failed]);
  if (data) return children;
  return failed ? <Unreachable onRetry={loadRules} /> : <Splash />;
}

function WithEmpire({ children }: { children: ReactNode }) {
  const isReady = useReady();
  if (isReady) return children;
  return <EmpireAwaited />;
}

function EmpireAwaited() {
  const { status, since_ms } = useConnection();
  const now_ms = useServerNow(1000);
  const [opened_ms] = useState(serverNow);
  const gone_ms = now_ms - Math.max(since_ms, opened_ms);
  if (status !== "offline" || gone_ms < PATIENCE_MS) return <Splash />;
  return <Unreachable onRetry={() => window.location.reload()} />;
}

function Unreachable({ onRetry }: { onRetry: () => void }) {
  const { t } = useTranslation("app");
  return (
    <Panel role="alert" style={{ margin: "var(--gd-gap)" }}>
      <EmptyState
        icon={<IconPlugConnectedX size={28} />}
        title={t("unreachable_title")}
        text={t("unreachable_text")}
        action={<Button onClick={onRetry}>{t("retry")}</Button>}
      />
    </Panel>
  );
}
