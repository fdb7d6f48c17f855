/** Line icons, drawn here so that nothing is loaded for them. They say nothing to screen readers: their buttons do. */

const PATHS = {
  arrowDown: "M12 5v14M6 13l6 6 6-6",
  back: "M15 5l-7 7 7 7",
  chat: "M4 5h16v11H9l-5 4z",
  check: "M5 12.5l4.5 4.5L19 7.5",
  close: "M6 6l12 12M18 6L6 18",
  copy: "M9 9h10v11H9zM5 15V4h10",
  document: "M6 3h8l4 4v14H6zM14 3v5h4M9 12h6M9 16h6",
  download: "M12 4v11M7 11l5 5 5-5M5 20h14",
  edit: "M4 20l1-4L16 5l3 3L8 19z",
  external: "M14 4h6v6M20 4l-9 9M18 14v6H4V6h6",
  folder: "M3 6h6l2 2h10v11H3z",
  forward: "M9 5l7 7-7 7",
  gear: "M12 8.5a3.5 3.5 0 100 7 3.5 3.5 0 000-7zM12 2.8v3M12 18.2v3M2.8 12h3M18.2 12h3M5.5 5.5l2.1 2.1M16.4 16.4l2.1 2.1M18.5 5.5l-2.1 2.1M7.6 16.4l-2.1 2.1",
  lock: "M6 11h12v9H6zM8.5 11V7.5a3.5 3.5 0 017 0V11",
  map: "M6 17.5h.01M10 7.5h.01M13 14.5h.01M17.5 9h.01M18 17h.01M7 12h.01M14 5h.01",
  menu: "M4 7h16M4 12h16M4 17h16",
  minus: "M5 12h14",
  more: "M5.5 12h.01M12 12h.01M18.5 12h.01",
  plus: "M12 5v14M5 12h14",
  projects: "M4 4h7v7H4zM13 4h7v7h-7zM4 13h7v7H4zM13 13h7v7h-7z",
  pulse: "M3 12h4l3-8 4 16 3-8h4",
  route: "M6 5v6a4 4 0 004 4h8M14 11l4 4-4 4",
  search: "M11 4.5a6.5 6.5 0 100 13 6.5 6.5 0 000-13zM16 16l4.5 4.5",
  send: "M12 19V5M6 11l6-6 6 6",
  signOut: "M14 4H5v16h9M10 12h11M17 8l4 4-4 4",
  sliders: "M4 7h9M17 7h3M4 17h3M11 17h9M15 4.500v5M9 14.500v5",
  stop: "M7 7h10v10H7z",
  thumbDown: "M7 4v10M7 5l9-1c2 0 2.5 1 3 3l1 5c.2 1.5-.6 2-2 2h-4l1 4c0 2-2 2-2.5 1L9 14H7M4 4h3v10H4z",
  thumbUp: "M7 20V10M7 19l9 1c2 0 2.5-1 3-3l1-5c.2-1.5-.6-2-2-2h-4l1-4c0-2-2-2-2.5-1L9 10H7M4 10h3v10H4z",
  trash: "M4 7h16M9 7V4h6v3M6 7l1 13h10l1-13",
  turn: "M19 12a7 7 0 11-2.2-5.1M19 3v5h-5",
  upload: "M12 16V5M7 9l5-5 5 5M5 20h14",
  users: "M9 11.5a3.5 3.5 0 100-7 3.5 3.5 0 000 7zM2.5 20c.5-4 3-6 6.500-6s6 2 6.500 6M16 5a3.500 3.500 0 010 6.500M18 14.500c2 .8 3.200 2.700 3.500 5.500",
  warning: "M12 4l9 16H3zM12 10v4.500M12 17.200v.01",
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name, size = 18 }: { name: IconName; size?: number }) {
  const bold = name === "more" || name === "map";
  return (
    <svg class="icon" width={size} height={size} viewBox="0 0 24 24" aria-hidden="true">
      <path
        d={PATHS[name]}
        fill="none"
        stroke="currentColor"
        stroke-width={bold ? 3 : 1.7}
        stroke-linecap="round"
        stroke-linejoin="round"
      />
    </svg>
  );
}
