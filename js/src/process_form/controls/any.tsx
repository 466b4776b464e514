/** The one control of each kind of field. */
import type { Field } from "../../contract";
import { BooleanControl } from "./boolean";
import { BoxControl } from "./box";
import { ChoiceControl } from "./choice";
import type { ControlProps } from "./control";
import { DateTimeControl } from "./datetime";
import { GeometryControl } from "./geometry";
import { JsonControl } from "./json";
import { ListControl } from "./list";
import { ManyChoiceControl } from "./many_choice";
import { NumberControl } from "./number";
import { TextControl } from "./text";

/** Kinds whose control is one element, which a label's click may focus. */
export function isSingle(field: Field): boolean {
  return ["text", "number", "json", "geometry", "datetime"].includes(field.kind);
}

export function AnyControl(props: ControlProps) {
  const { field } = props;
  switch (field.kind) {
    case "text":
      return <TextControl {...props} field={field} />;
    case "number":
      return <NumberControl {...props} field={field} />;
    case "boolean":
      return <BooleanControl {...props} field={field} />;
    case "choice":
      return <ChoiceControl {...props} field={field} />;
    case "many_choice":
      return <ManyChoiceControl {...props} field={field} />;
    case "datetime":
      return <DateTimeControl {...props} field={field} />;
    case "bbox":
      return <BoxControl {...props} field={field} />;
    case "geometry":
      return <GeometryControl {...props} field={field} />;
    case "list":
      return <ListControl {...props} field={field} Item={AnyControl} />;
    case "json":
      return <JsonControl {...props} field={field} />;
  }
}
