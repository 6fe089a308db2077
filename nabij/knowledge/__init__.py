"""Knowledge shared by municipalities: articles, what each district has seen, who shows our door."""
