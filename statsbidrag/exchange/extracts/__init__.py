"""Extracts from record systems: opened whatever they are, made the dictionary's own, and what is refused given back."""
