"""Letters built from rows: what is stored of a decision becomes the letter that the recipient's registry gets."""
