"""The only writes: one deed, one function. It checks who may, computes with the steps, stores, and notes it."""
