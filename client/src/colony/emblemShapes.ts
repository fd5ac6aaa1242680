/** What an emblem is drawn of, on a grid of 24: a tinted body and lines over it. */
export interface EmblemShape {
  readonly body: string;
  readonly lines: string;
}

/** Emblems of the buildings. */
export const BUILDING_SHAPES: Readonly<Record<string, EmblemShape>> = {
  mine: {
    body: "M2.5 20.5 8.5 10l3.2 4.6L14 11.5l7.5 9Z",
    lines: "M9.5 20.5v-3a2 2 0 0 1 4 0v3M14.5 9.5l5-5M15.2 3.2c2.8-.6 5 1.4 5.6 4.4",
  },
  power_plant: {
    body: "M12 3.5a8.5 8.5 0 1 1 0 17 8.5 8.5 0 0 1 0-17Z",
    lines: "M13 6.5 9 12.8h5.5L11 17.8M12 1.5v2M12 20.5v2M1.5 12h2M20.5 12h2",
  },
  refinery: {
    body: "M4 20.5v-12a2.5 2.5 0 0 1 5 0v12ZM12 20.5v-6a3 3 0 0 1 6 0v6Z",
    lines:
      "M4 12h5M9 9.5h3.5q2.5 0 2.5 2M2.5 20.5h19M12 17.2h6M19.5 3l1.8 2.3-1.8 2.7-1.8-2.7Z",
  },
  habitat: {
    body: "M3 17.5a9 9 0 0 1 18 0Z",
    lines:
      "M2 20.5h20M4.5 17.5v3M19.5 17.5v3M12 8.5v9M7 17.5c0-4 2-7 5-9 3 2 5 5 5 9M12 5.5v3M4.6 13h14.8",
  },
  warehouse: {
    body: "M3 20.5V9.5L12 4l9 5.5v11Z",
    lines: "M7 20.5v-8h10v8M7 16.5h10M12 12.5v8M10 8.5h4",
  },
  shipyard: {
    body: "M12 5.5 15 12v5.5H9V12Z",
    lines:
      "M3.5 21V4.5h17V21M3.5 9h3M3.5 14h3M17.5 9h3M17.5 14h3M2 21h4M18 21h4M10.5 17.5v2.5M13.5 17.5v2.5M12 2v3.5",
  },
  research_lab: {
    body: "M9.5 3.5v6L4.6 17.8A1.9 1.9 0 0 0 6.3 20.5h11.4a1.9 1.9 0 0 0 1.7-2.7L14.5 9.5v-6Z",
    lines: "M8 3.5h8M6.6 14.5h10.8M10.5 17.5h.01M13.8 16.8h.01M12.3 12h.01",
  },
  sensor_array: {
    body: "M4 6.5a9.2 9.2 0 0 0 12 12Z",
    lines:
      "M10 12.5l4-4M12 17.8V21M7.5 21h9M15 3.5a5.5 5.5 0 0 1 5.5 5.5M14.8 6.7a2.5 2.5 0 0 1 2.5 2.5",
  },
  defense_grid: {
    body: "M12 2.5 20 5.5v6c0 5-3.3 8.3-8 10-4.7-1.7-8-5-8-10v-6Z",
    lines:
      "M12 7.5v4.5M12 12l4 2.5M12 12l-4 2.5M12 9.2a2.8 2.8 0 1 1 0 5.6 2.8 2.8 0 0 1 0-5.6Z",
  },
  trade_hub: {
    body: "M12 8a4 4 0 1 1 0 8 4 4 0 0 1 0-8Z",
    lines:
      "M3.5 10.5A9 9 0 0 1 19 6.5M20.5 13.5A9 9 0 0 1 5 17.5M19.5 3v4h-4M4.5 21v-4h4M12 10.5v3",
  },
  fabricator: {
    body: "M8 12.5h8v8H8Z",
    lines:
      "M3.5 20.5h17M8 16.5h8M4.5 20.5v-13L12 3.5l4 3v3M12 3.5v2M14.5 9.5h3M4.5 7.5a1 1 0 1 0 .01 0",
  },
  embassy: {
    body: "M3 10.5 12 5.5l9 5Z",
    lines:
      "M4 20.5h16M6 10.5v7.5M10 10.5v7.5M14 10.5v7.5M18 10.5v7.5M4.5 18h15M12 5.5V1.8h4l-1 1.3 1 1.3h-4",
  },
};

/** Emblems of the units, seen from above, bow up. */
export const UNIT_SHAPES: Readonly<Record<string, EmblemShape>> = {
  fighter: {
    body: "M12 3.5 14 11l5.5 6.5-5-1L12 18.5l-2.5-2-5 1L10 11Z",
    lines: "M12 8v4.5M10.8 20.5h2.4",
  },
  interceptor: {
    body: "M12 2 13.5 12v6l-1.5 2-1.5-2v-6Z",
    lines: "M13.5 12 19 8.5v5.5l-5.5 3M10.5 12 5 8.5v5.5l5.5 3M5 8.5V6M19 8.5V6",
  },
  bomber: {
    body: "M12 6.5 22 15l-2.5 1.5-5-1L12 18l-2.5-2.5-5 1L2 15Z",
    lines:
      "M8 13.5v2M16 13.5v2M12 9.5v3M7.2 19.5a.8.8 0 1 0 .01 0M16.8 19.5a.8.8 0 1 0 .01 0",
  },
  frigate: {
    body: "M12 2 14.5 7v10.5l-2.5 2-2.5-2V7Z",
    lines: "M14.5 11l4 5.5-4-.5M9.5 11l-4 5.5 4-.5M12 8v5M11 22h2",
  },
  cruiser: {
    body: "M12 1.8 15.5 8v9l-1.5 3h-4l-1.5-3V8Z",
    lines:
      "M15.5 9.5h3v8l-3-1M8.5 9.5h-3v8l3-1M12 6.5v3M10.5 12.5h3M10.5 15.5h3M10.5 22.5v-2.5M13.5 22.5v-2.5",
  },
  battleship: {
    body: "M12 1.5 16 6v3.5l3 2v6L16 20H8l-3-2.5v-6l3-2V6Z",
    lines:
      "M12 5.5a1.5 1.5 0 1 1 0 3 1.5 1.5 0 0 1 0-3ZM9 12.5a1.5 1.5 0 1 1 0 3 1.5 1.5 0 0 1 0-3ZM15 12.5a1.5 1.5 0 1 1 0 3 1.5 1.5 0 0 1 0-3ZM12 5.5v-2M9 12.5v-2M15 12.5v-2M9.5 22.5V20M14.5 22.5V20",
  },
  carrier: {
    body: "M7 3h10l2 3.5v12L17 21H7l-2-2.5v-12Z",
    lines:
      "M9.5 3v18M14.5 3v18M12 5.5l1 2.5h-2ZM12 10.5l1 2.5h-2ZM12 15.5l1 2.5h-2ZM5 9.5h4.5M14.5 9.5H19",
  },
  scout: {
    body: "M12 7.5a4 4 0 1 1 0 8 4 4 0 0 1 0-8Z",
    lines:
      "M12 9.8a1.7 1.7 0 1 1 0 3.4 1.7 1.7 0 0 1 0-3.4ZM12 7.5V3M9.5 3h5M8.7 14 4.5 19M15.3 14l4.2 5M12 15.5V19M4.5 9a8 8 0 0 1 2-3.5M19.5 9a8 8 0 0 0-2-3.5",
  },
  colony_ship: {
    body: "M6.5 9a5.5 5.5 0 0 1 11 0v4h-11Z",
    lines:
      "M4 13h16M7 13v3.5h10V13M9 16.5 7.5 21.5M15 16.5l1.5 5M12 16.5v4M12 3.5V13M8.5 5.2c-.6 2.5-.6 5 0 7.8M15.5 5.2c.6 2.5.6 5 0 7.8",
  },
  freighter: {
    body: "M4.5 8.5h6v5h-6ZM13.5 8.5h6v5h-6ZM4.5 14.5h6v5h-6ZM13.5 14.5h6v5h-6Z",
    lines: "M12 7v14.5M9.5 6.5 10.5 2.5h3l1 4ZM10.5 11h3M10.5 17h3",
  },
};
