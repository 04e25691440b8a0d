"""The pages, by audience: what is asked for is read by a query, and done by an action."""
