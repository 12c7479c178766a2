"""The kiosk program as a tablet beside the exit: asks whoever is invited nine questions, and anybody for one tap."""
