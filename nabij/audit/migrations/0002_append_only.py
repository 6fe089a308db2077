from django.db import migrations

FORWARD = """
CREATE FUNCTION audit_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_user = (SELECT tableowner FROM pg_tables
                       WHERE schemaname = TG_TABLE_SCHEMA AND tablename = TG_TABLE_NAME) THEN
        RETURN CASE WHEN TG_OP = 'UPDATE' THEN NEW ELSE OLD END;
    END IF;
    RAISE EXCEPTION 'what happened cannot be rewritten: % on %', TG_OP, TG_TABLE_NAME USING ERRCODE = '42501';
END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON audit_trailentry
    FOR EACH ROW EXECUTE FUNCTION audit_append_only();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON audit_readentry
    FOR EACH ROW EXECUTE FUNCTION audit_append_only();
DO $$ BEGIN
    IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'nabij_app') THEN
        REVOKE UPDATE, DELETE, TRUNCATE ON audit_trailentry, audit_readentry FROM nabij_app;
    END IF;
END $$;
"""
BACKWARD = """
DROP TRIGGER append_only ON audit_trailentry;
DROP TRIGGER append_only ON audit_readentry;
DROP FUNCTION audit_append_only();
"""


class Migration(migrations.Migration):
    """The application's role can add to the trail and the read log, and change nothing in them."""

    dependencies = [("audit", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
