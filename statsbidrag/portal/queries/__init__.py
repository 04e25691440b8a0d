"""The only reads worth a name: rows turned into the words that the steps are written in, in few questions."""
