"""A receipt printer made of software: it takes ESC/POS, answers status, has faults on demand, and shows its paper."""
