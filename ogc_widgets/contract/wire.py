"""What all messages share."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field


class Wire(BaseModel):
    """A value that crosses the border: frozen, without extra fields, every field always sent."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, json_schema_serialization_defaults_required=True
    )


class Failure(Wire):
    """What went wrong: what happened, then why and what to do."""

    title: str
    detail: str = ""


Milliseconds = Annotated[int, Field(description="Milliseconds since 1970-01-01T00:00:00Z")]
Percent = Annotated[float, Field(ge=0, le=100, description="Percent, 0 to 100")]
