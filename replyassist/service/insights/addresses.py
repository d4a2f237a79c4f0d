"""Insight without surveillance: callers tell what became of our work, and read what was counted."""

from __future__ import annotations

from typing import Any

from apiflask import APIBlueprint

from replyassist.service.api.jobs import ERRORS
from replyassist.service.api.negotiation import negotiate
from replyassist.service.insights.counting import count_feedback
from replyassist.service.insights.schemas import FeedbackIn, FeedbackOut, InsightsOut, PeriodIn
from replyassist.service.insights.summary import tell
from replyassist.service.runtime import runtime

insights_api = APIBlueprint("insights_api", __name__, url_prefix="/api/v1", tag="What was done")
insights_api.before_request(negotiate)
REFUSED = {status: ERRORS[status] for status in (400, 406, 413, 415, 500, 503)}


@insights_api.post("/feedback")
@insights_api.doc(summary="What became of suggestions and letters, for the counts", responses=REFUSED)
@insights_api.input(FeedbackIn, arg_name="body")
@insights_api.output(FeedbackOut)
def give_feedback(body: FeedbackIn) -> Any:
    """Numbers and names of rules; a text has no place in it."""
    return FeedbackOut(counted=count_feedback(body))


@insights_api.get("/insights")
@insights_api.doc(
    summary="What was counted: rules, letters, languages, answers",
    responses={status: ERRORS[status] for status in (400, 406, 500, 503)},
)
@insights_api.input(PeriodIn, location="query", arg_name="period")
@insights_api.output(InsightsOut)
def read_insights(period: PeriodIn) -> Any:
    """By rule, kind of letter, language and day; never with text."""
    return tell(runtime().state.counts, period.first, period.last, period.unit)
