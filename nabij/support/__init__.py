"""What is done with and for one person: reaching them, the plan, contacts, appointments, and the end."""
