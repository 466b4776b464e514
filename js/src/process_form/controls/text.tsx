/** Text: one line, several lines, or a secret. */
import type { TargetedEvent } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { JsonValue, TextField } from "../../contract";
import { Button } from "../../shared/button";
import { say } from "../../shared/words";
import { type ControlProps, textOf, tied } from "./control";

function draftOf(text: string): JsonValue {
  return text === "" ? null : text;
}

export function TextControl(props: ControlProps<TextField>) {
  if (props.field.secret) return <Secret props={props} />;
  if (props.field.multiline) return <Lines {...props} />;
  return (
    <input
      {...tied(props)}
      class="ogc-input"
      type="text"
      autocomplete="off"
      spellcheck={false}
      placeholder={props.field.placeholder}
      value={textOf(props.value)}
      onInput={(event) => props.onChange(draftOf(event.currentTarget.value))}
    />
  );
}

interface GrowingProps {
  props: ControlProps;
  placeholder: string;
  mono?: boolean;
}

/** A text area as high as its text, within limits; the empty text is "not set". */
export function GrowingText({ props, placeholder, mono }: GrowingProps) {
  const area = useRef<HTMLTextAreaElement>(null);
  const text = textOf(props.value);
  useLayoutEffect(() => {
    const element = area.current;
    if (!element) return;
    element.style.height = "auto";
    element.style.height = `${element.scrollHeight + 2}px`;
  }, [text]);
  return (
    <textarea
      {...tied(props)}
      ref={area}
      class={mono ? "ogc-input ogc-mono" : "ogc-input"}
      rows={3}
      spellcheck={false}
      placeholder={placeholder}
      value={text}
      onInput={(event) => props.onChange(draftOf(event.currentTarget.value))}
    />
  );
}

function Lines(props: ControlProps<TextField>) {
  return <GrowingText props={props} placeholder={props.field.placeholder} />;
}

/** A secret goes to the kernel and never comes back, so what is typed is kept only while typing. */
export function Secret({ props, lines }: { props: ControlProps; lines?: boolean }) {
  const [typing, setTyping] = useState<string | null>(null);
  const begun = useRef(false);
  const home = useRef<HTMLSpanElement>(null);
  useLayoutEffect(() => {
    if (begun.current) home.current?.querySelector<HTMLElement>("input, textarea")?.focus();
    begun.current = false;
  });
  const begin = (): void => {
    begun.current = true;
    setTyping("");
  };
  const set = props.masked || textOf(props.value) !== "";
  if (set && typing === null) return <SecretSet props={props} onEdit={begin} />;
  const typed = {
    ...tied(props),
    autocomplete: "new-password",
    spellcheck: false,
    value: typing ?? "",
    onFocus: () => setTyping((text) => text ?? ""),
    onBlur: () => setTyping(null),
    onInput: (event: TargetedEvent<HTMLInputElement | HTMLTextAreaElement>) => {
      setTyping(event.currentTarget.value);
      props.onChange(draftOf(event.currentTarget.value));
    },
  };
  return (
    <span ref={home}>
      {lines ? (
        <textarea class="ogc-input ogc-mono" rows={3} {...typed} />
      ) : (
        <input class="ogc-input" type="password" {...typed} />
      )}
    </span>
  );
}

function SecretSet({ props, onEdit }: { props: ControlProps; onEdit: () => void }) {
  return (
    <fieldset {...tied(props)} class="ogc-secret">
      <span>{say("form.secret_set")}</span>
      <Button onClick={onEdit}>{say("form.change")}</Button>
      <Button onClick={() => props.onChange(null)}>{say("form.clear")}</Button>
    </fieldset>
  );
}
