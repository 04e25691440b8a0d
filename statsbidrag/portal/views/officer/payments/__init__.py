"""Pages of the agency's desk that are about payments: what is due, batches, answers, giro numbers and vouchers."""
