/** Buttons of one look: filled for the one main action of a view, quiet for the rest. */
import type { ComponentChildren, JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { say } from "./words";

export interface ButtonProps {
  children: ComponentChildren;
  onClick: (event: MouseEvent) => void;
  look?: "filled" | "quiet" | "danger" | "text";
  disabled?: boolean;
  /** More than the words on the button say, for those who hear it. */
  label?: string;
  title?: string;
  /** Names the button for the code that moves the focus. */
  part?: string;
}

export function Button(props: ButtonProps): JSX.Element {
  return (
    <button
      type="button"
      class={`ogc-button ogc-button-${props.look ?? "quiet"}`}
      aria-disabled={props.disabled ? "true" : undefined}
      aria-label={props.label}
      title={props.title}
      data-part={props.part}
      onClick={(event) => {
        if (!props.disabled) props.onClick(event);
      }}
    >
      {props.children}
    </button>
  );
}

export interface ConfirmButtonProps {
  children: ComponentChildren;
  /** Asked in the button's place; without one the button acts at once. */
  question: string | null;
  yes: string;
  no: string;
  onConfirm: () => void;
  disabled?: boolean;
}

/** Whether the question stands; the focus is on what takes the other's place. */
function useAsking() {
  const [asking, setAsking] = useState(false);
  const home = useRef<HTMLSpanElement>(null);
  const moved = useRef(false);
  useEffect(() => {
    if (moved.current) home.current?.querySelector("button")?.focus();
    moved.current = false;
  }, [asking]);
  const turn = (on: boolean): void => {
    moved.current = true;
    setAsking(on);
  };
  return { asking, turn, home };
}

/** A button that asks in its own place before it acts; Escape takes the question back. */
export function ConfirmButton(props: ConfirmButtonProps): JSX.Element {
  const { asking, turn, home } = useAsking();
  const begin = (): void => (props.question === null ? props.onConfirm() : turn(true));
  const confirm = (): void => {
    turn(false);
    props.onConfirm();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape is heard for the buttons inside.
    <span
      ref={home}
      class="ogc-confirm"
      onKeyDown={(event) => {
        if (asking && event.key === "Escape") turn(false);
      }}
    >
      {asking ? (
        <>
          <span role="status">{props.question}</span>
          <Button look="danger" onClick={confirm}>
            {props.yes}
          </Button>
          <Button onClick={() => turn(false)}>{props.no}</Button>
        </>
      ) : (
        <Button disabled={props.disabled ?? false} onClick={begin}>
          {props.children}
        </Button>
      )}
    </span>
  );
}

/** Puts a text on the clipboard and says so for a moment. */
export function CopyButton({ text }: { text: string }): JSX.Element {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 2000);
    return () => clearTimeout(timer);
  }, [copied]);
  return (
    <Button onClick={() => void copyText(text).then(setCopied)}>
      {say(copied ? "common.copied" : "common.copy")}
    </Button>
  );
}

/** Copy a text; says whether that went well. Plain http pages have no clipboard of their own. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyBySelection(text);
  }
}

function copyBySelection(text: string): boolean {
  const before = document.activeElement;
  const area = document.createElement("textarea");
  area.value = text;
  area.style.position = "fixed";
  area.style.opacity = "0";
  document.body.append(area);
  area.select();
  try {
    return document.execCommand("copy");
  } catch {
    return false;
  } finally {
    area.remove();
    if (before instanceof HTMLElement) before.focus();
  }
}
