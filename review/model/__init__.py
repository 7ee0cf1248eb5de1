"""The nouns: frozen dataclasses on the standard library alone. One word per thing; see each file."""

from review.model.article import Article, Change, Code, Comment, Correction, Reading, ReadingHeader, Segment
from review.model.event import KINDS, Event, Target
from review.model.flag import CATEGORIES, SEVERITIES, ErrorSpan, Flag, Rating, flag_id
from review.model.job import Job
from review.model.proposal import PROPOSAL_STATES, Proposal, Taught
from review.model.rated import Rated
from review.model.rule import RULE_KINDS, Choice, Replacement, Rule, Scope
from review.model.run import Run, RunScore
from review.model.score import Score
from review.model.standing import Standing, Standings
from review.model.status import STATUSES
from review.model.term import Concept, Condition, Evidence, Term
from review.model.unit import Unit

__all__ = [
    "CATEGORIES",
    "KINDS",
    "PROPOSAL_STATES",
    "RULE_KINDS",
    "SEVERITIES",
    "STATUSES",
    "Article",
    "Change",
    "Choice",
    "Code",
    "Comment",
    "Concept",
    "Condition",
    "Correction",
    "ErrorSpan",
    "Event",
    "Evidence",
    "Flag",
    "Job",
    "Proposal",
    "Rated",
    "Rating",
    "Reading",
    "ReadingHeader",
    "Replacement",
    "Rule",
    "Run",
    "RunScore",
    "Scope",
    "Score",
    "Segment",
    "Standing",
    "Standings",
    "Target",
    "Taught",
    "Term",
    "Unit",
    "flag_id",
]
