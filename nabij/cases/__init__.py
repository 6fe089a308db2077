"""One person's help: the case, who helps, the approach, plan, contacts, appointments, tasks, and its end."""
