"""What referrals add below them: verbs, texts, what must be over before a case closes, panels."""

from pathlib import Path

from django.db.models import OuterRef
from django.utils.translation import gettext_lazy, gettext_noop

from nabij.accounts.roles import Permission
from nabij.audit import trail
from nabij.cases import endings, presence
from nabij.consents.models import SharingConsent
from nabij.kit import navigation, panels
from nabij.notify import templates
from nabij.referrals.models import Referral, Transfer, TransferState
from nabij.referrals.policies import can_ask_access
from nabij.referrals.queries import unfinished

trail.register(
    {
        "referral.sent": gettext_lazy("Doorverwezen"),
        "referral.new_code": gettext_lazy("Nieuwe code voor een doorverwijzing"),
        "referral.opened": gettext_lazy("Partner opende een doorverwijzing"),
        "referral.answered": gettext_lazy("Partner antwoordde op een doorverwijzing"),
        "referral.revoked": gettext_lazy("Doorverwijzing gestopt"),
        "partner.checked": gettext_lazy("Adres van een partner nagekeken"),
        "transfer.asked": gettext_lazy("Dossier aangeboden aan een ander team"),
        "transfer.answered": gettext_lazy("Aangeboden dossier beantwoord"),
        "transfer.revoked": gettext_lazy("Aanbod van een dossier ingetrokken"),
        "access.asked": gettext_lazy("Inzage gevraagd"),
        "access.decided": gettext_lazy("Over inzage besloten"),
    }
)
for verb in ("consent.withdrawn", "consent.expired"):
    trail.listen(verb, "nabij.referrals.tasks.follow_consent")
templates.register(Path(__file__).parent / "data" / "messages.toml")
endings.require(unfinished)
presence.ask("consents", lambda: SharingConsent.objects.filter(person_id=OuterRef("person_id")))
presence.ask("referrals", lambda: Referral.objects.filter(case=OuterRef("pk")))
presence.ask("transfer", lambda: Transfer.objects.filter(case=OuterRef("pk"), state=TransferState.ASKED))
navigation.add(
    navigation.Entry(
        gettext_noop("Partners"),
        "referrals:partners",
        lambda actor: actor.may(Permission.LEAD_CASES),
        order=76,
    )
)
panels.add(
    "case_aside",
    panels.Panel(
        gettext_noop("Delen en doorverwijzen"), "referrals:panel", lambda actor, case: True, order=50
    ),
)
panels.add(
    "case_search",
    panels.Panel(
        gettext_noop("Inzage vragen"), "referrals:door", lambda actor, _: can_ask_access(actor), order=10
    ),
)
panels.add(
    "desk",
    panels.Panel(
        gettext_noop("Dossiers die een ander team aanbiedt"),
        "referrals:waiting",
        lambda actor, _: actor.may(Permission.LEAD_CASES),
        order=7,
    ),
)
