"""Answers to the doubts of an uploaded plan are kept with the sentence they answer, as far as it is still known."""

from typing import Any

from django.db import migrations


def keep_sentences(apps: Any, schema_editor: Any) -> None:
    """From {key: answer} to {key: {answer, sentence}}."""
    for job in apps.get_model("masterplan", "PlanImport").objects.exclude(answers={}).iterator():
        asked = {doubt["key"]: doubt["sentence"] for doubt in job.result.get("doubts", [])}
        job.answers = {
            key: {"answer": answer, "sentence": asked[key]} for key, answer in job.answers.items() if key in asked
        }
        job.save(update_fields=["answers"])


def keep_answers(apps: Any, schema_editor: Any) -> None:
    """Back to {key: answer}."""
    for job in apps.get_model("masterplan", "PlanImport").objects.exclude(answers={}).iterator():
        job.answers = {key: given["answer"] for key, given in job.answers.items()}
        job.save(update_fields=["answers"])


class Migration(migrations.Migration):
    # The last of those that are replaced: so a database that lacks some of them is refused, not taken for complete.
    dependencies = [("masterplan", "0025_reviewers")]

    operations = [migrations.RunPython(keep_sentences, keep_answers)]
