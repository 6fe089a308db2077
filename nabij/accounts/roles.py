"""The role table: which role permits what. The authorisation matrix in the docs is printed from here."""

from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Permission(StrEnum):
    """Something a role may do; where it may, is a matter of each app's policy."""

    ASK_FOR_HELP = "ask_for_help"
    CONFIRM_REQUEST = "confirm_request"
    SEE_INCIDENTS = "see_incidents"
    WRITE_TIMELINE = "write_timeline"
    MANAGE_INCIDENT = "manage_incident"
    COORDINATE = "coordinate"
    BE_PAGED = "be_paged"
    SEE_STAFF_NAMES = "see_staff_names"
    PLAN_ROSTER = "plan_roster"
    COMMISSION_CENTRE = "commission_centre"
    PREVIEW_CENTRE = "preview_centre"
    EDIT_CENTRE = "edit_centre"
    APPROVE_CENTRE = "approve_centre"
    PUBLISH_CENTRE = "publish_centre"
    CHECK_CENTRE = "check_centre"
    COMMENT_CENTRE = "comment_centre"
    SEE_REGISTRATION_COUNTS = "see_registration_counts"
    SEE_REGISTRATIONS = "see_registrations"
    LEAD_REGISTRATIONS = "lead_registrations"
    MODERATE_GROUPS = "moderate_groups"
    LEAD_GROUPS = "lead_groups"
    SEE_MESSAGES = "see_messages"
    MANAGE_ACCOUNTS = "manage_accounts"
    LEARN = "learn"
    TEACH = "teach"
    GUIDE_STAFF = "guide_staff"
    ASK_STAFF = "ask_staff"
    OFFER_STAFF = "offer_staff"
    LEAD_PSH = "lead_psh"
    ADVISE_PSH = "advise_psh"
    HELP_PEOPLE = "help_people"
    OPEN_CASES = "open_cases"
    LEAD_CASES = "lead_cases"
    REFER_PEOPLE = "refer_people"
    BREAK_GLASS = "break_glass"
    SEND_SIGNAL = "send_signal"
    DECIDE_SIGNAL = "decide_signal"
    TAKE_INQUIRY = "take_inquiry"
    SETTLE_INQUIRY = "settle_inquiry"
    WRITE_PROTOCOL = "write_protocol"
    APPROVE_PROTOCOL = "approve_protocol"
    RUN_AFTERCARE = "run_aftercare"
    MAKE_FLYER = "make_flyer"
    APPROVE_FLYER = "approve_flyer"
    PLAN_DOORS = "plan_doors"
    WALK_DOORS = "walk_doors"
    HOLD_MEETING = "hold_meeting"
    ASK_ADVICE = "ask_advice"
    ANSWER_ADVICE = "answer_advice"
    SHARE_KNOWLEDGE = "share_knowledge"
    RUN_DRILL = "run_drill"


class Role(TextChoices):
    """The roles of the handbook that the house has rooms for today."""

    DUTY_OFFICER = "public_order_officer", _("ambtenaar openbare orde en veiligheid")
    CONTROL_ROOM = "control_room_operator", _("centralist meldkamer")
    GHOR_OFFICER = "ghor_officer", _("officier van dienst GHOR")
    PSH_LEAD = "psh_lead", _("leider kernteam PSH")
    ON_CALL_COORDINATOR = "on_call_coordinator", _("piketcoördinator")
    ON_CALL_WORKER = "on_call_worker", _("piketmedewerker")
    ADVICE_LINE = "advice_line_worker", _("medewerker advieslijn")
    TEAM_LEADER = "team_leader", _("teamleider")
    IAC_EDITOR = "iac_editor", _("IAC-redacteur")
    IAC_CHIEF = "iac_chief_editor", _("hoofdredacteur IAC")
    IAC_APPROVER = "iac_approver", _("inhoudelijk goedkeurder IAC")
    IAC_REGISTRAR = "iac_registrar", _("IAC-registrator")
    IAC_REGISTRAR_LEAD = "iac_registrar_lead", _("leider registratie IAC")
    IAC_TECHNICIAN = "iac_technician", _("technicus IAC")
    AFFECTED_COUNCIL = "affected_council", _("lid van de raad van getroffenen")
    MODERATOR = "moderator", _("moderator lotgenotencontact")
    COMMUNITY_COORDINATOR = "community_coordinator", _("coördinator lotgenotencontact")
    DATA_PROTECTION_OFFICER = "data_protection_officer", _("functionaris gegevensbescherming")
    ADMINISTRATOR = "tenant_admin", _("beheerder")
    TRAINER = "trainer", _("trainer")
    VOLUNTEER = "volunteer", _("vrijwilliger")
    PAID_WORKER = "paid_worker", _("betaald hulpverlener")
    CASE_MANAGER = "case_manager", _("casemanager")
    POLICE_OFFICER = "police_officer", _("politieagent")
    NEIGHBOURHOOD_WORKER = "neighbourhood_worker", _("medewerker van een wijkteam")


P = Permission
_NEIGHBOURHOOD = {
    P.WRITE_PROTOCOL, P.APPROVE_PROTOCOL, P.RUN_AFTERCARE, P.MAKE_FLYER, P.APPROVE_FLYER, P.PLAN_DOORS,
    P.WALK_DOORS, P.HOLD_MEETING, P.SHARE_KNOWLEDGE, P.RUN_DRILL,
}  # fmt: skip
_ASKER = {P.ASK_FOR_HELP, P.SEE_INCIDENTS, P.WRITE_TIMELINE}
_COORDINATION = {
    P.ASK_FOR_HELP, P.SEE_INCIDENTS, P.WRITE_TIMELINE, P.MANAGE_INCIDENT, P.COORDINATE, P.SEE_STAFF_NAMES,
    P.SEE_REGISTRATION_COUNTS, P.PREVIEW_CENTRE, P.CHECK_CENTRE,
}  # fmt: skip
_CENTRE = {P.SEE_INCIDENTS, P.PREVIEW_CENTRE, P.CHECK_CENTRE, P.SEE_REGISTRATION_COUNTS, P.LEARN}
_REGISTRAR = {
    P.SEE_INCIDENTS, P.SEE_REGISTRATION_COUNTS, P.SEE_REGISTRATIONS, P.CHECK_CENTRE, P.LEARN, P.TAKE_INQUIRY,
}  # fmt: skip

PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.DUTY_OFFICER: frozenset(
        _ASKER
        | {
            P.MANAGE_INCIDENT,
            P.COMMISSION_CENTRE,
            P.PREVIEW_CENTRE,
            P.CHECK_CENTRE,
            P.SEE_REGISTRATION_COUNTS,
            P.DECIDE_SIGNAL,
            P.ASK_ADVICE,
        }
        | _NEIGHBOURHOOD
    ),
    Role.CONTROL_ROOM: frozenset(_ASKER | {P.CONFIRM_REQUEST}),
    Role.GHOR_OFFICER: frozenset(
        _ASKER
        | {P.COMMISSION_CENTRE, P.PREVIEW_CENTRE, P.CHECK_CENTRE, P.SEE_REGISTRATION_COUNTS, P.ASK_STAFF}
    ),
    Role.PSH_LEAD: frozenset(_ASKER | {P.ASK_STAFF, P.LEAD_PSH}),
    Role.ON_CALL_COORDINATOR: frozenset(
        _COORDINATION
        | {P.BE_PAGED, P.COMMISSION_CENTRE, P.SEE_MESSAGES, P.PLAN_ROSTER, P.LEARN}
        | {P.OFFER_STAFF, P.ADVISE_PSH, P.BREAK_GLASS, P.TAKE_INQUIRY}
        | {P.RUN_AFTERCARE, P.PLAN_DOORS, P.WALK_DOORS, P.ANSWER_ADVICE}
    ),
    Role.ON_CALL_WORKER: frozenset({P.BE_PAGED, P.LEARN, P.BREAK_GLASS, P.TAKE_INQUIRY, P.WALK_DOORS}),
    Role.ADVICE_LINE: frozenset(
        _COORDINATION | {P.SEE_MESSAGES, P.LEARN, P.TAKE_INQUIRY, P.ANSWER_ADVICE, P.SHARE_KNOWLEDGE}
    ),
    Role.TEAM_LEADER: frozenset(
        _COORDINATION
        | {P.PLAN_ROSTER, P.SEE_MESSAGES, P.LEARN, P.GUIDE_STAFF, P.OFFER_STAFF, P.ADVISE_PSH}
        | {P.LEAD_CASES, P.OPEN_CASES, P.DECIDE_SIGNAL, P.TAKE_INQUIRY, P.ANSWER_ADVICE}
        | _NEIGHBOURHOOD
    ),
    Role.IAC_EDITOR: frozenset(_CENTRE | {P.EDIT_CENTRE}),
    Role.IAC_CHIEF: frozenset(_CENTRE | {P.EDIT_CENTRE, P.APPROVE_CENTRE, P.PUBLISH_CENTRE, P.BE_PAGED}),
    Role.IAC_APPROVER: frozenset(_CENTRE | {P.APPROVE_CENTRE}),
    Role.IAC_REGISTRAR: frozenset(_REGISTRAR),
    Role.IAC_REGISTRAR_LEAD: frozenset(_REGISTRAR | {P.LEAD_REGISTRATIONS, P.BE_PAGED}),
    Role.IAC_TECHNICIAN: frozenset({P.SEE_INCIDENTS, P.CHECK_CENTRE, P.LEARN}),
    Role.AFFECTED_COUNCIL: frozenset({P.COMMENT_CENTRE}),
    Role.MODERATOR: frozenset({P.MODERATE_GROUPS, P.BE_PAGED, P.LEARN}),
    Role.COMMUNITY_COORDINATOR: frozenset(
        {P.MODERATE_GROUPS, P.LEAD_GROUPS, P.CHECK_CENTRE, P.BE_PAGED, P.LEARN}
    ),
    Role.DATA_PROTECTION_OFFICER: frozenset({P.LEARN, P.SETTLE_INQUIRY}),
    Role.ADMINISTRATOR: frozenset({P.MANAGE_ACCOUNTS, P.SEE_MESSAGES}),
    Role.TRAINER: frozenset({P.LEARN, P.TEACH}),
    Role.VOLUNTEER: frozenset({P.LEARN, P.HELP_PEOPLE, P.TAKE_INQUIRY, P.WALK_DOORS}),
    Role.PAID_WORKER: frozenset({P.LEARN, P.HELP_PEOPLE, P.OPEN_CASES, P.TAKE_INQUIRY, P.WALK_DOORS}),
    Role.CASE_MANAGER: frozenset({P.LEARN, P.HELP_PEOPLE, P.OPEN_CASES, P.TAKE_INQUIRY}),
    Role.POLICE_OFFICER: frozenset({P.REFER_PEOPLE, P.APPROVE_PROTOCOL}),
    Role.NEIGHBOURHOOD_WORKER: frozenset({P.SEND_SIGNAL}),
}
