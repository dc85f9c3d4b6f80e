"""What the commands that read a workbook share: who sends it, what may be wrong with it, and the work itself."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import CommandError

from agencies.models import User
from masterplan.models import UploadJob
from smartcity.common.jobs import JobState
from smartcity.common.task_queue import without_enqueueing

Job = TypeVar("Job", bound=UploadJob)


@contextmanager
def sending(file: Path, email: str, act: str) -> Iterator[tuple[User, bytes]]:
    """Who sends a workbook, and its bytes; no worker is called meanwhile, and what is refused ends the command.

    `act` is what the person must be allowed to do, in words. Raises CommandError with a sentence.
    """
    user = User.objects.filter(email__iexact=email).first()
    if user is None:
        raise CommandError(f"Tidak ada akun {email}.")
    try:
        data = file.read_bytes()
        with without_enqueueing():
            yield user, data
    except OSError as error:
        raise CommandError(f"{file} tidak dapat dibaca: {error.strerror}.") from None
    except PermissionDenied:
        raise CommandError(f"{email} tidak berwenang {act} di sini.") from None
    except ValidationError as error:
        raise CommandError(" ".join(error.messages)) from None


def worked_on(job: Job, run: Callable[[int], object], page: str) -> Job:
    """Do what the job waits for, unless a worker was faster. Raises CommandError when it failed, or is not done yet."""
    run(job.pk)
    job.refresh_from_db()
    if job.state != JobState.DONE:
        raise CommandError(job.error or f"Berkas masih dikerjakan. Lihat hasilnya di halaman {page}.")
    return job
