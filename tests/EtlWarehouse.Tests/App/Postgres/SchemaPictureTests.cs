using EtlWarehouse.App.Postgres;

namespace EtlWarehouse.Tests.App.Postgres;

public sealed class SchemaPictureTests
{
    [Test]
    public void Normalize_Dump_KeepsOnlyTheStatements()
    {
        const string Dump = """
            --
            -- PostgreSQL database dump
            --

            \restrict a8Xz

            -- Dumped from database version 15.14 (Debian 15.14-0+deb12u1)
            -- Dumped by pg_dump version 15.14 (Debian 15.14-0+deb12u1)

            SET statement_timeout = 0;
            SELECT pg_catalog.set_config('search_path', '', false);

            --
            -- Name: dw; Type: SCHEMA; Schema: -; Owner: -
            --

            CREATE SCHEMA dw;


            SET default_tablespace = '';

            --
            -- Name: f(); Type: FUNCTION; Schema: dw; Owner: -
            --

            CREATE FUNCTION dw.f() RETURNS integer
                LANGUAGE sql
                AS $$
            -- stays
            select 1
            $$;


            --
            -- PostgreSQL database dump complete
            --

            \unrestrict a8Xz

            """;
        Assert.That(SchemaPicture.Normalize(Dump), Does.EndWith("""
            grants.

            CREATE SCHEMA dw;

            CREATE FUNCTION dw.f() RETURNS integer
                LANGUAGE sql
                AS $$
            -- stays
            select 1
            $$;

            """));
    }
}
