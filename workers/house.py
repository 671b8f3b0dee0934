"""The composition root of a worker process: the store and the drivers, put together once."""

from __future__ import annotations

from dataclasses import dataclass

from engine.accounts import AccountSystem
from engine.clock import Clock, SystemClock
from engine.ids import Ids, RandomIds
from engine.pki import CertificateAuthority, CertificateProblem, load_demonstration_ca
from engine.store import Store, connect
from engine.vault import open_vault
from workers.catalogue import SERVICES
from workers.drivers.account_http import account_system
from workers.drivers.sms import SmsGateway, sms_gateway
from workers.settings import WorkerSettings
from workers.telling import teller


@dataclass(frozen=True)
class House:
    """Everything a job may need."""

    store: Store
    accounts: AccountSystem
    sms: SmsGateway
    authority: CertificateAuthority | None = None


def build(settings: WorkerSettings, clock: Clock | None = None, ids: Ids | None = None) -> House:
    """The house of one installation; nothing is connected yet, so it may be carried over a fork."""
    store = Store(
        connect(settings.database_url),
        clock or SystemClock(),
        ids or RandomIds(),
        open_vault(settings.key_file, settings.blob_folder),
        SERVICES,
        settings.known,
        teller(settings.redis_url),
    )
    authority = settings.authority or _demonstration_authority(settings)
    accounts = account_system(store, settings.account_system_url, settings.data_dir)
    return House(store, accounts, sms_gateway(store), authority)


def _demonstration_authority(settings: WorkerSettings) -> CertificateAuthority | None:
    """The demonstration's own authority, where this data folder holds one."""
    try:
        return load_demonstration_ca(settings.data_dir)
    except CertificateProblem:
        return None
