"""Everything that can happen with reports and waves."""

from nabij.campaigns.actions.ending import close_quiet_waves
from nabij.campaigns.actions.letters import add_addresses, take_addresses
from nabij.campaigns.actions.reporting import ReportData, report
from nabij.campaigns.actions.telling import tell_neighbours
from nabij.campaigns.actions.victims import note_contact, tell_victims

__all__ = [
    "ReportData", "add_addresses", "close_quiet_waves", "note_contact", "report", "take_addresses",
    "tell_neighbours", "tell_victims",
]  # fmt: skip
