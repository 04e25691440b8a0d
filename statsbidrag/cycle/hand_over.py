"""How a region books what it pays per visit at its own clinics: accounts and marks, section [hand_over] of a scheme."""

from dataclasses import dataclass

from statsbidrag.terms.bookkeeping import Account, Code, Dimension


@dataclass(frozen=True, slots=True)
class HandOver:
    """The region's own chart of accounts, as far as a booking order needs it.

    series       the series of the booking orders
    charged      what is charged to the grant; ``own`` what the region pays itself; ``income`` the clinic's income
    payer        the cost centre that pays
    project      the grant as a project, which marks what is charged to it
    cost_centre  the dimension of payer and clinic, and so on
    """

    series: str
    charged: Account
    own: Account
    income: Account
    payer: Code
    project: Code
    cost_centre: Dimension
    projects: Dimension
    diary_number: Dimension
