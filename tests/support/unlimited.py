"""Settings of a server that is loaded on purpose: a load is the program run wild that the limits are made against."""

UNLIMITED = """\
report_ready = false
kiosk_burst = 1000000
kiosk_per_second = 1000000.0
message_rates.kiosk = { burst = 1000000, per_second = 1000000.0 }
message_rates.counter = { burst = 1000000, per_second = 1000000.0 }
message_rates.display = { burst = 1000000, per_second = 1000000.0 }
message_rates.visitor = { burst = 1000000, per_second = 1000000.0 }
"""
