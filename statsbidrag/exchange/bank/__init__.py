"""To and from the bank: payment files out (pain.001), the bank's answers back (pain.002, camt.054).

A batch of payments is stored before it is sent and everything in the file comes from it, so writing it again gives the
same bytes and the bank knows the file again by its number. Answers find their payment by its reference alone.
"""
