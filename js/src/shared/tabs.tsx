/** Tabs of one state: arrow keys, Home and End go from one to the next, as ARIA's pattern says. */
import type { ComponentChildren } from "preact";
import { useRef } from "preact/hooks";

export interface Tab<N extends string> {
  name: N;
  title: string;
}

interface TabsProps<N extends string> {
  /** Begins the ids of tabs and panel. */
  id: string;
  label: string;
  tabs: readonly Tab<N>[];
  chosen: N;
  onChoose: (name: N) => void;
}

const STEPS: Record<string, (place: number, count: number) => number> = {
  ArrowRight: (place, count) => (place + 1) % count,
  ArrowLeft: (place, count) => (place + count - 1) % count,
  Home: () => 0,
  End: (_place, count) => count - 1,
};

export function Tabs<N extends string>({ id, label, tabs, chosen, onChoose }: TabsProps<N>) {
  const home = useRef<HTMLDivElement>(null);
  const move = (event: KeyboardEvent): void => {
    const place = tabs.findIndex((tab) => tab.name === chosen);
    const next = STEPS[event.key]?.(place, tabs.length);
    const tab = next === undefined ? undefined : tabs[next];
    if (next === undefined || !tab) return;
    event.preventDefault();
    onChoose(tab.name);
    home.current?.querySelectorAll<HTMLElement>("[role=tab]")[next]?.focus();
  };
  return (
    <div ref={home} class="ogc-tabs" role="tablist" aria-label={label} onKeyDown={move}>
      {tabs.map(({ name, title }) => (
        <button
          key={name}
          type="button"
          role="tab"
          id={`${id}-${name}-tab`}
          class="ogc-tab"
          aria-selected={name === chosen}
          aria-controls={name === chosen ? `${id}-panel` : undefined}
          tabIndex={name === chosen ? 0 : -1}
          onClick={() => onChoose(name)}
        >
          {title}
        </button>
      ))}
    </div>
  );
}

interface TabPanelProps {
  id: string;
  chosen: string;
  children: ComponentChildren;
}

/** What the chosen tab shows. */
export function TabPanel({ id, chosen, children }: TabPanelProps) {
  return (
    <div
      class="ogc-tab-panel"
      role="tabpanel"
      id={`${id}-panel`}
      aria-labelledby={`${id}-${chosen}-tab`}
    >
      {children}
    </div>
  );
}
