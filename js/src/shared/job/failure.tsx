/** Why something that was asked about a job was not done, until the user closes it. */
import { Button } from "../button";
import { Icon } from "../icon";
import { say } from "../words";
import type { ActionsState } from "./actions_state";

export function ActionFailure({ state }: { state: ActionsState }) {
  const failure = state.failure.value;
  if (!failure) return null;
  return (
    <div class="ogc-job-failure" role="alert">
      <Icon name="error" />
      <span>
        <b>{failure.title}</b> {failure.detail}
      </span>
      <Button
        onClick={() => {
          state.failure.value = null;
        }}
      >
        {say("common.close")}
      </Button>
    </div>
  );
}
