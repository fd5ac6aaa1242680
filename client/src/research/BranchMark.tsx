import { useServerNow } from "../sync";
import type { Project } from "../sync/empire";
import { BranchFrame, TechnologyGlyph } from "./glyphs";
import classes from "./Research.module.css";

interface BranchMarkProps {
  technology: string;
  branch: string;
  project?: Project | undefined;
}

const FRAME = 44;
const GLYPH = 22;

/** Draw a technology's sign in the frame of its branch, with a ring of progress. */
export function BranchMark({ technology, branch, project }: BranchMarkProps) {
  return (
    <span className={classes.mark} data-branch={branch}>
      {project ? (
        <RunningFrame branch={branch} project={project} />
      ) : (
        <BranchFrame branch={branch} size={FRAME} />
      )}
      <span className={classes.glyph}>
        <TechnologyGlyph name={technology} size={GLYPH} />
      </span>
    </span>
  );
}

function RunningFrame({ branch, project }: { branch: string; project: Project }) {
  const now_ms = useServerNow(1000);
  const whole_ms = Math.max(1, project.complete_ms - project.started_ms);
  const share = Math.min(1, Math.max(0, (now_ms - project.started_ms) / whole_ms));
  return <BranchFrame branch={branch} size={FRAME} share={share} />;
}
