"""Officers' secrets in memory: what of an `AccessStore` a door needs."""

from __future__ import annotations

from server.app.ports import OfficerSecret, PinFailures
from shared.vocabulary import DeviceId, OfficerId


class Secrets:
    def __init__(self) -> None:
        self.kept: dict[OfficerId, OfficerSecret] = {}
        self.failures: dict[tuple[OfficerId, DeviceId], PinFailures] = {}

    def officer_secret(self, officer: OfficerId) -> OfficerSecret | None:
        return self.kept.get(officer)

    def save_officer_secret(self, secret: OfficerSecret, by: str = "") -> None:
        self.kept[secret.officer] = secret
        self.failures.clear()

    def pin_failures(self, officer: OfficerId, device: DeviceId) -> PinFailures:
        return self.failures.get((officer, device), PinFailures(officer, device))

    def save_pin_failures(self, failures: PinFailures) -> None:
        self.failures[failures.officer, failures.device] = failures
