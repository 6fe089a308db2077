"""Training: who certifies whom, what a file brings, which shift is refused, and a volunteer on the way."""

import re

import pytest

CLOCK = "2027-02-08T12:00"
pytestmark = pytest.mark.journey
HEADING = "e-mailadres;opleiding;behaald op;geldig tot en met\n"


def enter_duty(leader, name, day):
    """Olaf puts a worker on the chair of that evening, and reads what the page says."""
    leader.goto("/werk/rooster/invoeren/")
    label = leader.locator("select[name=membership] option", has_text=name).first.inner_text()
    leader.locator("select[name=membership]").select_option(label=label)
    leader.locator("select[name=seat]").select_option(label="piketmedewerker")
    leader.get_by_label("Van").fill(f"{day}T20:00")
    leader.get_by_label("Tot").fill(f"{day}T23:00")
    leader.get_by_role("button", name="Zet in het rooster").click()
    return leader.locator("main").inner_text()


def test_a_certificate_decides_who_may_do_a_shift(nabij, log_in, look):
    nabij.clock(CLOCK)
    leader = log_in("olaf.kruit", desk=True)
    leader.get_by_text("Meer", exact=True).click()
    leader.get_by_role("link", name="Certificaten").click()
    broken = leader.locator(".panel", has_text="Diensten die breken")
    assert "Piket en hulp ter plaatse: geldig tot en met" in broken.inner_text()
    table = leader.locator("table").first
    assert "Mag nu niet" in table.locator("tbody tr").first.inner_text(), "who lacks something comes first"
    assert "Piket en hulp ter plaatse: geldig tot en met" in table.inner_text()
    look(leader, "team")
    lapsed = (
        table.locator("tbody tr", has_text="Piket en hulp ter plaatse: geldig tot en met")
        .locator("a")
        .first.inner_text()
    )
    said = enter_duty(leader, lapsed, "2027-07-01")
    assert f"{lapsed}: Piket en hulp ter plaatse: geldig tot en met" in said
    look(leader, "refused")

    trainer = log_in("gerda.vonk", desk=True)
    trainer.goto("/werk/certificaten/invoeren/")
    look(trainer, "import")
    mail = nabij.rows("SELECT email FROM accounts_user WHERE name = %s", lapsed)[0][0]
    lines = HEADING + f"{mail};PIKET;10-01-2027;\n{mail};ZWEMMEN;10-01-2027;\n"
    trainer.locator("input[type=file]").set_input_files(
        {"name": "lijst.csv", "mimeType": "text/csv", "buffer": lines.encode()}
    )
    trainer.get_by_role("button", name="Bekijk de regels").click()
    assert "deze opleiding kennen we niet" in trainer.locator("main").inner_text()
    look(trainer, "preview")
    trainer.get_by_role("button", name="Neem 1 regel over").click()
    assert "1 certificaat overgenomen" in trainer.locator("main").inner_text()

    assert "De dienst staat in het rooster" in enter_duty(leader, lapsed, "2027-07-01")
    refused = enter_duty(leader, lapsed, "2028-01-10")
    assert "geldig tot en met 9 januari 2028" in refused, "the day after its last day, and not before"


def test_a_worker_learns_and_a_trainer_certifies(nabij, log_in, look):
    nabij.clock(CLOCK)
    worker = log_in("imke.tol")
    worker.goto("/werk/opleiding/")
    look(worker, "learning")
    assert "nog 1 keer oefenen" in worker.locator("main").inner_text()
    day = worker.locator("li.task", has_text="Privacy, geheim en toestemming")
    day.get_by_role("button", name=re.compile("Schrijf mij in")).click()
    assert "U bent ingeschreven" in worker.locator("main").inner_text()

    trainer = log_in("gerda.vonk")
    trainer.goto("/werk/opleiding/")
    trainer.get_by_role("link", name=re.compile("Veilig werken")).first.click()
    row = trainer.locator("fieldset", has_text="Youssef Amrani")
    row.get_by_label("Aanwezig").select_option(label="aanwezig")
    row.get_by_label("Beoordeling").select_option(label="gehaald")
    look(trainer, "session")
    trainer.get_by_role("button", name="Bewaar").click()
    assert "Wie slaagde, heeft een certificaat" in trainer.locator("main").inner_text()
    given = nabij.rows(
        "SELECT count(*) FROM academy_certificate c JOIN accounts_user u ON u.id = c.user_id "
        "WHERE u.name = 'Youssef Amrani' AND c.module = 'VEILIG' AND c.issued_on = '2027-01-02'"
    )
    assert given == [(1,)]


def test_a_volunteer_goes_the_whole_way_and_leaves(nabij, log_in, look):
    nabij.clock(CLOCK)
    leader = log_in("olaf.kruit", desk=True)
    leader.get_by_text("Meer", exact=True).click()
    leader.get_by_role("link", name="Vrijwilligers").click()
    look(leader, "list")
    leader.get_by_role("link", name="Jet van Dam").click()
    look(leader, "volunteer")
    leader.get_by_role("button", name=re.compile("begin de opleiding")).click()
    assert "VOG" in leader.locator("main").inner_text()
    leader.get_by_label("Profielcode op de VOG").fill("85")
    leader.get_by_role("button", name="Ik zag de VOG vandaag").click()
    leader.get_by_role("button", name=re.compile("begin de opleiding")).click()
    assert "in opleiding" in leader.locator("main").inner_text()
    leader.locator("select[name=mentor]").select_option(label="Imke Tol")
    leader.get_by_role("button", name="Geef deze mentor").click()
    assert "Eerst zijn deze certificaten nodig" in leader.locator("main").inner_text()
    leader.get_by_text("Afscheid nemen").click()
    leader.get_by_role("button", name="Neem afscheid").click()
    assert "gestopt" in leader.locator("main").inner_text()
    rights = nabij.rows(
        "SELECT count(*) FROM accounts_membership m JOIN accounts_user u ON u.id = m.user_id "
        "WHERE u.name = 'Jet van Dam' AND (m.ends_at IS NULL OR m.ends_at > now() + interval '1 year')"
    )
    assert rights == [(0,)]
