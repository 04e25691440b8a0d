"""statsbidrag runs a Swedish state grant from the pot to the joint account, in nine steps."""
