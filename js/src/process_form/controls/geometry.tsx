/** A geometry, typed or pasted as GeoJSON or WKT. */
import type { GeometryField } from "../../contract";
import { say } from "../../shared/words";
import type { ControlProps } from "./control";
import { GrowingText } from "./text";

export function GeometryControl(props: ControlProps<GeometryField>) {
  const hint = `${props.id}-hint`;
  const describedBy = [hint, props.describedBy].filter(Boolean).join(" ");
  return (
    <div class="ogc-json">
      <GrowingText props={{ ...props, describedBy }} placeholder={props.field.placeholder} mono />
      <span id={hint} class="ogc-help">
        {say("form.geometry")}
      </span>
    </div>
  );
}
