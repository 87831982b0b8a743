"""The description of the JSON against the standard that it says it follows, and against what is really sent."""

import json

import jsonschema
import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

from tests.bot.web.serving import Server

pytestmark = pytest.mark.browser


def test_the_description_is_openapi(served: Server) -> None:
    """Version 3.1."""
    OpenAPIV31SpecValidator(served.program().get("/api/openapi.json").json()).validate()


@pytest.mark.parametrize(
    "question",
    [
        "空き店舗入居促進事業の実績",
        "空き店舗入居促進事業の内容",
        "商工相談の23年度から25年度の増減は？",
        "達成度Bの事業は？",
        "空き店舗は？",
        "ワイン",
    ],
)
def test_a_reply_is_as_it_is_described(served: Server, question: str) -> None:
    """Every kind of thing that a reply can hold."""
    described = served.program().get("/api/openapi.json").json()
    schema = {"$ref": "#/components/schemas/Reply", "components": described["components"]}
    reply = served.program().get("/api/ask", params={"q": question}).json()
    jsonschema.Draft202012Validator(json.loads(json.dumps(schema))).validate(reply)
