import time

from gerai import clock
from gerai.newsroom.actions import newsletter
from gerai.newsroom.models import Subscription
from gerai.newsroom.queries import newsletter as queries
from gerai.newsroom.tests.factories import an_article
from gerai.notices import actions
from gerai.notices.tests.post_office import a_post_office
from gerai.people import audit

N = 5000


def test_measure(mall, settings, django_capture_on_commit_callbacks):
    now = clock.now()
    Subscription.objects.bulk_create(
        [
            Subscription(
                mall=mall,
                address=f"a{n}@contoh.id",
                state="active",
                asked_at=now,
                confirmed_at=now,
                consent_version=1,
            )
            for n in range(N)
        ]
    )
    an_article()
    t = time.perf_counter()
    with django_capture_on_commit_callbacks(execute=True) as cb:
        newsletter.send_issue(
            subject="K",
            intro="",
            told=queries.keys_of(queries.stories_to_tell()),
            base_url="http://barru.localhost",
            text="x [[berhenti]]" * 300,
            html="<p>y</p>" * 300,
            by=audit.SYSTEM,
        )
    print("\nsend_issue", N, round(time.perf_counter() - t, 2), "s; tasks", len(cb))
    with a_post_office(settings) as office:
        t = time.perf_counter()
        went = actions.deliver()
        d = time.perf_counter() - t
        print(
            "deliver",
            went,
            round(d, 2),
            "s",
            round(went / d),
            "/s; connections",
            office.connections,
        )
