import {
  IconAtom2,
  IconBomb,
  IconBox,
  IconBuildingFactory2,
  IconCertificate,
  IconChartCandle,
  IconEye,
  IconFlame,
  IconFlask2,
  IconFocusCentered,
  IconMasksTheater,
  IconMicroscope,
  IconMountain,
  IconPackages,
  IconPick,
  IconPlanet,
  IconPlant2,
  IconRadar2,
  IconRobot,
  IconRocket,
  IconRoute,
  IconScale,
  IconShieldBolt,
  IconShieldHalfFilled,
  IconShip,
} from "@tabler/icons-react";

const GLYPHS: Readonly<Record<string, typeof IconFlask2>> = {
  mining_drills: IconPick,
  reactor_design: IconAtom2,
  refining: IconFlame,
  hydroponics: IconPlant2,
  logistics: IconPackages,
  automation: IconRobot,
  ballistics: IconBomb,
  armor_plating: IconShieldHalfFilled,
  deflectors: IconShieldBolt,
  targeting: IconFocusCentered,
  mass_production: IconBuildingFactory2,
  capital_hulls: IconShip,
  propulsion: IconRocket,
  sensors: IconRadar2,
  cargo_holds: IconBox,
  supply_lines: IconRoute,
  terraforming: IconMountain,
  colonisation: IconPlanet,
  protocol: IconCertificate,
  trade_law: IconScale,
  brokerage: IconChartCandle,
  cultural_exchange: IconMasksTheater,
  shared_science: IconMicroscope,
  intelligence: IconEye,
};

/** Draw the sign of a technology. */
export function TechnologyGlyph({ name, size }: { name: string; size: number }) {
  const Glyph = GLYPHS[name] ?? IconFlask2;
  return <Glyph size={size} stroke={1.6} aria-hidden="true" />;
}

/** Outlines by branch, so that branches are told apart without colours. */
const FRAMES: Readonly<Record<string, string>> = {
  economy: "M10 3h28a7 7 0 0 1 7 7v28a7 7 0 0 1-7 7H10a7 7 0 0 1-7-7V10a7 7 0 0 1 7-7Z",
  military: "M24 1 47 24 24 47 1 24Z",
  expansion: "M24 2a22 22 0 1 1 0 44 22 22 0 0 1 0-44Z",
  diplomacy: "M13 4h22l11 20-11 20H13L2 24Z",
};

interface FrameProps {
  branch: string;
  size: number;
  /** How far it is, 0 to 1: drawn as a ring. */
  share?: number;
}

/** Draw the frame of a branch, and how far a project is along it. */
export function BranchFrame({ branch, size, share }: FrameProps) {
  const path = FRAMES[branch] ?? FRAMES.expansion;
  return (
    <svg width={size} height={size} viewBox="0 0 48 48" aria-hidden="true" fill="none">
      <path
        d={path}
        fill="currentColor"
        fillOpacity={0.12}
        stroke="currentColor"
        strokeOpacity={share === undefined ? 0.9 : 0.3}
        strokeWidth={1.5}
      />
      {share !== undefined && (
        <path
          d={path}
          pathLength={100}
          stroke="var(--gd-accent)"
          strokeWidth={3.5}
          strokeDasharray={`${Math.round(share * 100)} 100`}
        />
      )}
    </svg>
  );
}
