"""What stands in the closed part: contact persons, meetings, documents, and letters to the desk."""
