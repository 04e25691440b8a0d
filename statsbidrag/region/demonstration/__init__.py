"""What happens in the region's house in the demonstration: made up, and by the house's own deeds."""
