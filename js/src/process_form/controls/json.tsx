/** What no other kind fits: JSON as text, with the reason why. */
import type { JsonField } from "../../contract";
import { say } from "../../shared/words";
import type { ControlProps } from "./control";
import { GrowingText, Secret } from "./text";

export function JsonControl(props: ControlProps<JsonField>) {
  const { field } = props;
  const reason = `${props.id}-reason`;
  const describedBy = [reason, props.describedBy].filter(Boolean).join(" ");
  return (
    <div class="ogc-json">
      {field.secret ? (
        <Secret props={{ ...props, describedBy }} lines />
      ) : (
        <GrowingText props={{ ...props, describedBy }} placeholder={field.placeholder} mono />
      )}
      <span id={reason} class="ogc-help">
        {say("form.json_reason", { reason: field.reason })}
      </span>
    </div>
  );
}
