"""Seeds the six dimensions and eighteen sub-dimensions that the programme fixes."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from masterplan.reference import DIMENSIONS


def seed(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Write the national rows; a regency's own come later and from people."""
    dimension_model = apps.get_model("masterplan", "Dimension")
    sub_dimension_model = apps.get_model("masterplan", "SubDimension")
    for order, kind in enumerate(DIMENSIONS, start=1):
        dimension = dimension_model.objects.create(code=kind.code, name=kind.name, order=order)
        for sub_order, sub in enumerate(kind.sub_dimensions, start=1):
            sub_dimension_model.objects.create(
                dimension=dimension, key=sub.key, name=sub.name, description=sub.description, order=sub_order
            )


class Migration(migrations.Migration):
    dependencies = [("masterplan", "0001_initial")]

    operations = [migrations.RunPython(seed, migrations.RunPython.noop)]
