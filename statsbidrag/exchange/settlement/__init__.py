"""The bulk settlement: the visits of any number of files by a region's scheme, on any engine, in fixed memory.

The scheme becomes one expression over columns, the same on every engine:

    settling    from files to each clinic's months: the way through the others
    intake      files opened and checked, good rows and bad rows told apart
    judging     the scheme as columns: what is paid, whether it is extended, what is charged
    register    what the rates ask of clinics
    months      each clinic's months summed up
    repeats     records that stand twice, and siblings seen together
    engine      what an engine must be able to do; embedded, postgresql and spark are three that can
"""
