"""The agency's pages about people: applications to be agent, its own staff, and erasing what is personal."""
