"""The newsroom's rows: the mall's site, its pictures and papers, its pages."""

from gerai.newsroom.models.comments import (
    BlockedSender,
    BlockedWord,
    Comment,
    CommentReport,
    EarlierText,
    ReportReason,
    SenderKey,
    SolvedChallenge,
)
from gerai.newsroom.models.media import Paper, Picture, PictureRendition
from gerai.newsroom.models.newsletter import (
    ConsentGiven,
    Issue,
    IssueStory,
    Subscription,
    SubscriptionState,
)
from gerai.newsroom.models.pages import (
    Article,
    ArticleTag,
    NewsIndex,
    RelatedArticle,
    Section,
    TimedPage,
    mall_in_scope,
)
from gerai.newsroom.models.review import SecondPersonTask
from gerai.newsroom.models.sites import CommentRule, MallSite

__all__ = [
    "Article",
    "ArticleTag",
    "BlockedSender",
    "BlockedWord",
    "Comment",
    "CommentReport",
    "CommentRule",
    "ConsentGiven",
    "EarlierText",
    "Issue",
    "IssueStory",
    "MallSite",
    "NewsIndex",
    "Paper",
    "Picture",
    "PictureRendition",
    "RelatedArticle",
    "ReportReason",
    "SecondPersonTask",
    "Section",
    "SenderKey",
    "SolvedChallenge",
    "Subscription",
    "SubscriptionState",
    "TimedPage",
    "mall_in_scope",
]
