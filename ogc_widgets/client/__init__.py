"""A thin async client for servers that speak OGC API - Processes, however they speak it.

::

    client = ProcessesClient("https://example.org/ogc-api")
    execution = await client.execute("water-bodies", {"epsg": "EPSG:4326"})
"""

from ogc_widgets.client.auth import BearerAuth
from ogc_widgets.client.client import ProcessesClient
from ogc_widgets.client.execution import Execution
from ogc_widgets.client.oidc import ClientCredentialsAuth, DeviceCode, DeviceCodeAuth, Endpoints

__all__ = [
    "BearerAuth",
    "ClientCredentialsAuth",
    "DeviceCode",
    "DeviceCodeAuth",
    "Endpoints",
    "Execution",
    "ProcessesClient",
]
